import java.util.Arrays;

/**
 * A change being tried on the state: lessons are lifted, classes moved, and all lessons put back, elsewhere or by
 * others. A lesson that finds nobody free may take a lecturer from another lesson, which is then drawn in.
 */
final class Draft {
    private static final int DEPTH = 3;

    private final Problem p;
    private final Dice dice;
    private State state;
    private int[] lesson = new int[64], oldStart = new int[64], oldChoice = new int[64];
    private int lessons, classes, drafts;
    private int[] moved = new int[16];
    private final int[] drawnIn;
    private final boolean[] out;
    private boolean tolerant, failed;
    private long hardBefore, softBefore;
    /** Share of the choices that go to whoever is free, and not to the present or the cheapest lecturer. */
    double curiosity = 0.3, loyalty = 0.6;

    Draft(Problem problem, Dice dice) {
        p = problem;
        this.dice = dice;
        drawnIn = new int[problem.lessons];
        out = new boolean[problem.lessons];
    }

    /** Begin anew; whether the draft may leave lessons without a lecturer that had one. */
    void begin(State on, boolean tolerant) {
        state = on;
        this.tolerant = tolerant;
        failed = false;
        lessons = 0;
        classes = 0;
        drafts++;
        hardBefore = on.hard();
        softBefore = on.soft;
    }

    boolean has(int one) {
        return drawnIn[one] == drafts;
    }

    void lift(int one) {
        if (lessons == lesson.length) {
            lesson = Arrays.copyOf(lesson, 2 * lessons);
            oldStart = Arrays.copyOf(oldStart, 2 * lessons);
            oldChoice = Arrays.copyOf(oldChoice, 2 * lessons);
        }
        drawnIn[one] = drafts;
        out[one] = true;
        lesson[lessons] = one;
        oldStart[lessons] = state.start[one];
        oldChoice[lessons++] = state.choice[one];
        state.lift(one);
    }

    void liftClass(int c) {
        for (int k = p.firstLesson[c]; k < p.firstLesson[c + 1]; k++) lift(k);
    }

    /** Note that a class, whose lessons are lifted, leaves its place; `settle` it before lessons are put. */
    void leave(int c) {
        if (5 * (classes + 1) > moved.length) moved = Arrays.copyOf(moved, 2 * moved.length);
        moved[5 * classes] = c;
        moved[5 * classes + 1] = state.opens[c];
        moved[5 * classes + 2] = state.room[c];
        classes++;
        state.close(c);
    }

    void settle(int c, int day, int room) {
        for (int k = 0; k < 5 * classes; k += 5) {
            if (moved[k] == c) {
                moved[k + 3] = day;
                moved[k + 4] = room;
            }
        }
        state.open(c, day, room);
    }

    /** Put a lifted lesson, given by its present lecturer, another, or, if all else fails, by nobody. */
    void put(int one, int start) {
        if (!failed) put(one, start, state.choice[one], DEPTH);
    }

    /** Put a lifted lesson, given by one lecturer, who is taken from another lesson if need be. */
    boolean putWith(int one, int start, int candidate) {
        int slot = state.opens[p.lessonClass[one]] * p.sessions + start;
        int l = p.teachers[one][candidate];
        if (state.free(l, one, slot)) {
            place(one, start, candidate);
            return true;
        }
        return take(one, start, candidate, DEPTH);
    }

    private void put(int one, int start, int present, int depth) {
        int[] teachers = p.teachers[one];
        if (teachers.length == 0) {
            place(one, start, Problem.NONE);
            return;
        }
        int slot = state.opens[p.lessonClass[one]] * p.sessions + start;
        int chosen = choose(one, slot, present);
        if (chosen >= 0) {
            place(one, start, chosen);
            return;
        }
        if (depth > 0) {
            int first = dice.below(teachers.length);
            for (int k = 0; k < Math.min(teachers.length, 2); k++) {
                if (take(one, start, (first + k) % teachers.length, depth)) return;
            }
        }
        if (tolerant) {
            place(one, start, Problem.NONE);
        } else {
            failed = true;
        }
    }

    /** Put a lifted lesson as it is said; the candidate must be free. */
    void place(int one, int start, int candidate) {
        out[one] = false;
        state.put(one, start, candidate);
    }

    private int choose(int one, int slot, int present) {
        int[] teachers = p.teachers[one];
        if (present >= 0 && dice.chance(loyalty) && state.free(teachers[present], one, slot)) return present;
        if (!dice.chance(curiosity)) return cheapest(one, slot);
        int chosen = Problem.NONE, seen = 0;
        for (int k = 0; k < teachers.length; k++) {
            if (state.free(teachers[k], one, slot) && dice.below(++seen) == 0) chosen = k;
        }
        return chosen;
    }

    /** Name the cheapest candidate who is free to teach a lesson from a slot on. */
    int cheapest(int one, int slot) {
        int[] teachers = p.teachers[one];
        int chosen = Problem.NONE;
        long best = Long.MAX_VALUE;
        for (int k = 0; k < teachers.length; k++) {
            if (!state.free(teachers[k], one, slot)) continue;
            long price = state.price(one, k);
            if (price < best) {
                best = price;
                chosen = k;
            }
        }
        return chosen;
    }

    /** Take a lecturer from one lesson that is in the way, if that is enough, and find another for that. */
    private boolean take(int one, int start, int candidate, int depth) {
        int l = p.teachers[one][candidate];
        int slot = state.opens[p.lessonClass[one]] * p.sessions + start;
        int rival = rival(l, one, slot);
        if (rival < 0 || has(rival)) return false;
        int rivalStart = state.start[rival], rivalChoice = state.choice[rival];
        state.lift(rival);
        boolean free = state.free(l, one, slot);
        state.put(rival, rivalStart, rivalChoice);
        if (!free) return false;
        lift(rival);
        place(one, start, candidate);
        put(rival, rivalStart, Problem.NONE, depth - 1);
        return true;
    }

    /** Name a lesson that keeps a lecturer from teaching another from a slot on: at the time, else about it. */
    private int rival(int l, int one, int slot) {
        int row = l * p.slots, end = slot + p.length[p.lessonModule[one]];
        for (int at = slot; at < end; at++) {
            if (state.diary[row + at] < 0) return Problem.NONE;
        }
        for (int at = slot; at < end; at++) {
            if (state.diary[row + at] > 0) return state.diary[row + at] - 1;
        }
        int day = p.slotDay[slot], from = day, to = day + 1;
        boolean total = state.load[l] + end - slot > p.maxLoad[l];
        boolean within = state.dayLoad[l * p.days + day] > 0 && dice.chance(0.5);
        while (!within && from > 0 && (total || p.week[from - 1] == p.week[day])) from--;
        while (!within && to < p.days && (total || p.week[to] == p.week[day])) to++;
        int first = from * p.sessions, count = (to - from) * p.sessions, turn = dice.below(count);
        for (int k = 0; k < count; k++) {
            int entry = state.diary[row + first + (turn + k) % count];
            if (entry > 0) return entry - 1;
        }
        return Problem.NONE;
    }

    void fail() {
        failed = true;
    }

    /** Whether a lesson found nobody, or no place. */
    boolean failed() {
        return failed;
    }

    long hardChange() {
        return state.hard() - hardBefore;
    }

    long softChange() {
        return state.soft - softBefore;
    }

    /** Leave the state as it is now and say what was done. */
    Edit finish(Tracker tracker) {
        int[] data = new int[5 * (lessons + classes)];
        int k = 0;
        for (int n = 0; n < lessons; n++) {
            int one = lesson[n];
            data[k++] = one;
            data[k++] = oldStart[n];
            data[k++] = oldChoice[n];
            data[k++] = state.start[one];
            data[k++] = state.choice[one];
        }
        System.arraycopy(moved, 0, data, k, 5 * classes);
        return tracker.tentative(lessons, data);
    }

    /** Undo it all; every class that left must have settled. */
    void cancel() {
        for (int n = 0; n < lessons; n++) {
            if (out[lesson[n]]) {
                out[lesson[n]] = false;
            } else {
                state.lift(lesson[n]);
            }
        }
        for (int k = 0; k < 5 * classes; k += 5) state.close(moved[k]);
        for (int k = 0; k < 5 * classes; k += 5) state.open(moved[k], moved[k + 1], moved[k + 2]);
        for (int n = 0; n < lessons; n++) state.put(lesson[n], oldStart[n], oldChoice[n]);
    }
}
