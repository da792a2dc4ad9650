/**
 * A timetable in which lecturers are never double-booked, away or overloaded and classes never clash: what does
 * not fit is taught by nobody, and counts as hard. Kept with its cost, in constant time for each lesson.
 */
final class State {
    private static final int AWAY = -1;
    private static final long CASH_UNIT = 1_000_000;

    final Problem p;
    final int[] opens, room;
    /** Of each lesson: its first slot, counted from the first of its class; who teaches it, as a candidate. */
    final int[] start, choice;
    /** Of each slot of a class, the lesson + 1. */
    final int[] cell;
    /** Of each slot of a lecturer, the lesson + 1, or that the lecturer is away. */
    final int[] diary;
    final int[] dayLoad, weekLoad, load, visits, visited;
    final int[] roomUse;
    final long[] spent;
    /** Lessons that nobody teaches although somebody should. */
    final IntSet open;
    long soft, conflicts, missing;

    State(Problem problem) {
        p = problem;
        opens = new int[p.classes];
        room = new int[p.classes];
        start = new int[p.lessons];
        choice = new int[p.lessons];
        cell = new int[p.firstCell[p.classes]];
        diary = new int[p.lecturers * p.slots];
        dayLoad = new int[p.lecturers * p.days];
        visits = new int[p.lecturers * p.days];
        visited = new int[p.lecturers * p.days];
        weekLoad = new int[p.lecturers * p.weeks];
        load = new int[p.lecturers];
        roomUse = new int[p.rooms * p.days];
        spent = new long[p.years];
        open = new IntSet(p.lessons);
        for (int l = 0; l < p.lecturers; l++) {
            for (int slot : p.away[l]) diary[l * p.slots + slot] = AWAY;
        }
    }

    long hard() {
        long over = 0;
        for (int y = 0; y < p.years; y++) {
            if (spent[y] > p.budget[y]) over += (spent[y] - p.budget[y] + CASH_UNIT - 1) / CASH_UNIT;
        }
        return missing + conflicts + over;
    }

    int teacher(int lesson) {
        int chosen = choice[lesson];
        return chosen < 0 ? Problem.NONE : p.teachers[lesson][chosen];
    }

    int slot(int lesson) {
        return opens[p.lessonClass[lesson]] * p.sessions + start[lesson];
    }

    /** Put a class into a room; its lessons must be lifted. */
    void open(int c, int day, int inRoom) {
        opens[c] = day;
        room[c] = inRoom;
        stay(c, 1);
    }

    void close(int c) {
        stay(c, -1);
    }

    private void stay(int c, int sign) {
        int first = room[c] * p.days + opens[c];
        for (int k = 0; k < p.classDays[c]; k++) {
            int others = sign > 0 ? roomUse[first + k]++ : --roomUse[first + k];
            if (others > 0) conflicts += sign;
            spent[p.year[opens[c] + k]] += sign * p.roomCash[room[c]];
        }
        soft += sign * p.classDays[c] * p.roomFee[room[c]];
        soft += sign * p.delayWeight * Math.max(0, opens[c] - p.earliest[c]);
    }

    /** Whether nothing keeps a lecturer from teaching a lesson from a slot on. */
    boolean free(int l, int lesson, int slot) {
        int sessions = p.length[p.lessonModule[lesson]], end = slot + sessions, row = l * p.slots;
        for (int at = slot; at < end; at++) {
            if (diary[row + at] != 0) return false;
        }
        if (load[l] + sessions > p.maxLoad[l]) return false;
        boolean onSite = !p.offSite[p.lessonModule[lesson]];
        int venue = p.venue[room[p.lessonClass[lesson]]];
        int day = p.slotDay[slot], last = p.slotDay[end - 1];
        if (day == last) {
            return weekLoad[l * p.weeks + p.week[day]] + sessions <= p.maxWeek[l]
                    && fits(l, day, sessions, onSite, venue);
        }
        int inWeek = 0;
        for (int at = day; at <= last; at++) {
            int taught = Math.min(end, (at + 1) * p.sessions) - Math.max(slot, at * p.sessions);
            inWeek = at > day && p.week[at] == p.week[at - 1] ? inWeek + taught : taught;
            if (weekLoad[l * p.weeks + p.week[at]] + inWeek > p.maxWeek[l]) return false;
            if (!fits(l, at, taught, onSite, venue)) return false;
        }
        return true;
    }

    private boolean fits(int l, int day, int sessions, boolean onSite, int venue) {
        int key = l * p.days + day;
        return dayLoad[key] + sessions <= p.maxDay[l] && (!onSite || visits[key] == 0 || visited[key] == venue);
    }

    /** What a candidate would add to the cost by teaching a lesson. */
    long price(int lesson, int candidate) {
        int l = p.teachers[lesson][candidate], sessions = p.length[p.lessonModule[lesson]];
        long price = sessions * p.fee[l] + p.preferenceWeight * p.ranks[lesson][candidate];
        int over = load[l] + sessions - p.target[l];
        return over <= 0 ? price : price + p.overloadWeight * Math.min(over, sessions);
    }

    /** Place a lesson; the candidate must be free then, and the slots of the class empty. */
    void put(int lesson, int at, int candidate) {
        int c = p.lessonClass[lesson], m = p.lessonModule[lesson], sessions = p.length[m];
        start[lesson] = at;
        choice[lesson] = candidate;
        int first = p.firstCell[c] + at;
        for (int k = 0; k < sessions; k++) cell[first + k] = lesson + 1;
        soft += p.orderWeight * Math.abs(p.slotDay[at] - p.nominal[m]);
        if (candidate >= 0) {
            soft += price(lesson, candidate);
            teach(p.teachers[lesson][candidate], lesson, 1);
        } else if (p.candidates[m].length > 0) {
            missing += sessions;
            open.add(lesson);
        }
    }

    /** Take a lesson out of the timetable; its start and choice stay readable. */
    void lift(int lesson) {
        int m = p.lessonModule[lesson], sessions = p.length[m], at = start[lesson];
        int first = p.firstCell[p.lessonClass[lesson]] + at;
        for (int k = 0; k < sessions; k++) cell[first + k] = 0;
        soft -= p.orderWeight * Math.abs(p.slotDay[at] - p.nominal[m]);
        int candidate = choice[lesson];
        if (candidate >= 0) {
            teach(p.teachers[lesson][candidate], lesson, -1);
            soft -= price(lesson, candidate);
        } else if (p.candidates[m].length > 0) {
            missing -= sessions;
            open.remove(lesson);
        }
    }

    private void teach(int l, int lesson, int sign) {
        int c = p.lessonClass[lesson], m = p.lessonModule[lesson], sessions = p.length[m];
        int slot = opens[c] * p.sessions + start[lesson], row = l * p.slots;
        boolean onSite = !p.offSite[m];
        int entry = sign > 0 ? lesson + 1 : 0, venue = p.venue[room[c]];
        for (int at = slot; at < slot + sessions; at++) {
            int day = p.slotDay[at], key = l * p.days + day;
            diary[row + at] = entry;
            dayLoad[key] += sign;
            weekLoad[l * p.weeks + p.week[day]] += sign;
            spent[p.year[day]] += sign * p.cash[l];
            if (onSite) {
                visits[key] += sign;
                visited[key] = venue;
            }
        }
        load[l] += sign * sessions;
    }
}
