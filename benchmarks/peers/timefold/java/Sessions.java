/** Moves that change when lessons are taught within their class; each lesson then finds a lecturer anew. */
final class Sessions {
    private static final int LONGEST_BLOCK = 3;

    private final Problem p;
    private final Dice dice;
    private final Draft draft;
    private final boolean[] hasGaps;
    private final int[] lesson, target, oldStart, oldChoice;
    private final int[] planned, stamp;
    private int count, stamps;
    private State state;

    Sessions(Problem problem, Dice dice, Draft draft) {
        p = problem;
        this.dice = dice;
        this.draft = draft;
        planned = new int[p.lessons];
        stamp = new int[p.lessons];
        hasGaps = new boolean[p.classes];
        int most = 1;
        for (int c = 0; c < p.classes; c++) {
            int free = p.classDays[c] * p.sessions;
            for (int k = p.firstLesson[c]; k < p.firstLesson[c + 1]; k++) free -= p.length[p.lessonModule[k]];
            hasGaps[c] = free > 0;
            most = Math.max(most, p.firstLesson[c + 1] - p.firstLesson[c]);
        }
        lesson = new int[most + 1];
        target = new int[most + 1];
        oldStart = new int[most + 1];
        oldChoice = new int[most + 1];
    }

    boolean swapLessons(State on) {
        begin(on);
        int one = drawn(), other = similar(one);
        if (other < 0) return false;
        plan(one, state.start[other]);
        plan(other, state.start[one]);
        return carriedOut();
    }

    boolean rotateThree(State on) {
        begin(on);
        int one = drawn(), second = similar(one), third = similar(one);
        if (second < 0 || third < 0 || second == third) return false;
        plan(one, state.start[second]);
        plan(second, state.start[third]);
        plan(third, state.start[one]);
        return carriedOut();
    }

    /** Move a lesson into slots of its class that are empty. */
    boolean moveLesson(State on) {
        begin(on);
        int one = drawn(), c = p.lessonClass[one];
        if (!hasGaps[c]) return false;
        int length = p.length[p.lessonModule[one]], slots = p.classDays[c] * p.sessions;
        int start = dice.below(slots - length + 1), first = p.firstCell[c] + start;
        if (start == state.start[one]) return false;
        for (int k = 0; k < length; k++) {
            int entry = state.cell[first + k];
            if (entry != 0 && entry != one + 1) return false;
        }
        plan(one, start);
        return carriedOut();
    }

    boolean swapDays(State on) {
        begin(on);
        int c = p.lessonClass[drawn()];
        int one = state.start[drawnLesson] / p.sessions, other = near(one, p.classDays[c]);
        int width = 1;
        while (width < LONGEST_BLOCK && dice.chance(0.25)) width++;
        int early = Math.min(one, other), late = Math.max(one, other);
        if (early + width > late || late + width > p.classDays[c]) return false;
        return shifted(c, early, early + width, late - early)
                && shifted(c, late, late + width, early - late)
                && carriedOut();
    }

    /** Take some days out of a class and put them back elsewhere; what lies between moves up. */
    boolean shiftBlock(State on) {
        begin(on);
        int c = p.lessonClass[drawn()];
        int from = state.start[drawnLesson] / p.sessions, to = near(from, p.classDays[c]);
        int width = 1 + dice.below(LONGEST_BLOCK), days = p.classDays[c];
        if (to == from || Math.max(from, to) + width > days) return false;
        boolean later = to > from;
        boolean whole = later
                ? shifted(c, from, from + width, to - from) && shifted(c, from + width, to + width, -width)
                : shifted(c, from, from + width, to - from) && shifted(c, to, from, width);
        return whole && carriedOut();
    }

    /**
     * Improve the order and the lecturers of a class, all of whose lessons belong to the draft: of so many small
     * changes drawn at random, make those that do not cost more.
     */
    void polish(State on, int c, int tries) {
        focus = c;
        for (int k = 0; k < tries; k++) {
            double drawn = dice.unit();
            if (drawn < 0.3) {
                repick(on);
            } else if (drawn < 0.75) {
                swapLessons(on);
            } else if (drawn < 0.9) {
                swapDays(on);
            } else if (drawn < 0.95) {
                shiftBlock(on);
            } else {
                moveLesson(on);
            }
        }
        focus = Problem.NONE;
    }

    private void repick(State on) {
        begin(on);
        int one = drawn();
        plan(one, state.start[one]);
        carriedOut();
    }

    /** Carry out what is planned unless it costs more; each lesson goes to the cheapest who is free. */
    private boolean improved() {
        long hard = state.hard(), soft = state.soft;
        for (int k = 0; k < count; k++) {
            oldStart[k] = state.start[lesson[k]];
            oldChoice[k] = state.choice[lesson[k]];
        }
        for (int k = 0; k < count; k++) state.lift(lesson[k]);
        int turn = dice.below(count);
        for (int k = 0; k < count; k++) {
            int at = (turn + k) % count, slot = state.opens[p.lessonClass[lesson[at]]] * p.sessions + target[at];
            state.put(lesson[at], target[at], draft.cheapest(lesson[at], slot));
        }
        long harder = state.hard() - hard;
        if (harder < 0 || harder == 0 && state.soft <= soft) return true;
        for (int k = 0; k < count; k++) state.lift(lesson[k]);
        for (int k = 0; k < count; k++) state.put(lesson[k], oldStart[k], oldChoice[k]);
        return false;
    }

    private int drawnLesson, focus = Problem.NONE;

    /** Draw a lesson; one that nobody teaches more often. */
    private int drawn() {
        if (focus >= 0) {
            int first = p.firstLesson[focus];
            return drawnLesson = first + dice.below(p.firstLesson[focus + 1] - first);
        }
        drawnLesson = state.open.size() > 0 && dice.chance(Settings.REPAIR)
                ? state.open.get(dice.below(state.open.size()))
                : dice.below(p.lessons);
        return drawnLesson;
    }

    /** Draw another lesson of the class that is as long, mostly one taught at about the time. */
    private int similar(int one) {
        int c = p.lessonClass[one], length = p.length[p.lessonModule[one]];
        int day = near(state.start[one] / p.sessions, p.classDays[c]);
        int slot = day * p.sessions + dice.below(p.sessions);
        int entry = state.cell[p.firstCell[c] + slot];
        if (entry == 0 || entry == one + 1 || p.length[p.lessonModule[entry - 1]] != length) return Problem.NONE;
        return entry - 1;
    }

    private int near(int day, int days) {
        if (dice.chance(0.3)) return dice.below(days);
        int reach = 1 + dice.below(5);
        int other = dice.chance(0.5) ? day + reach : day - reach;
        if (dice.chance(0.1)) other = day;
        return other < 0 || other >= days ? dice.below(days) : other;
    }

    private void begin(State on) {
        state = on;
        count = 0;
        stamps++;
    }

    private void plan(int one, int start) {
        planned[one] = start;
        stamp[one] = stamps;
        lesson[count] = one;
        target[count++] = start;
    }

    /** Plan all lessons from one day to another to be so many days later; false where one is cut. */
    private boolean shifted(int c, int from, int to, int days) {
        int first = p.firstCell[c], slot = from * p.sessions, end = to * p.sessions;
        while (slot < end) {
            int entry = state.cell[first + slot];
            if (entry == 0) {
                slot++;
                continue;
            }
            int one = entry - 1, length = p.length[p.lessonModule[one]];
            if (state.start[one] != slot || slot + length > end) return false;
            plan(one, slot + days * p.sessions);
            slot += length;
        }
        return true;
    }

    private boolean carriedOut() {
        if (count == 0) return false;
        for (int k = 0; k < count; k++) {
            int one = lesson[k];
            if (!p.mayStart(one, target[k], state.opens[p.lessonClass[one]]) || !inOrder(one)) return false;
        }
        if (focus >= 0) return improved();
        for (int k = 0; k < count; k++) draft.lift(lesson[k]);
        int turn = dice.below(count);
        for (int k = 0; k < count; k++) {
            int at = (turn + k) % count;
            draft.put(lesson[at], target[at]);
        }
        return true;
    }

    private boolean inOrder(int one) {
        int m = p.lessonModule[one], shift = one - m, start = planned[one], end = start + p.length[m];
        for (int other : p.before[m]) {
            if (startOf(shift + other) + p.length[other] > start) return false;
        }
        for (int other : p.after[m]) {
            if (startOf(shift + other) < end) return false;
        }
        return true;
    }

    private int startOf(int one) {
        return stamp[one] == stamps ? planned[one] : state.start[one];
    }
}
