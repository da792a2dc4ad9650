import java.util.Arrays;

/**
 * Lays out a class anew: its lessons, all lifted, are put one by one where they cost least just then, the long ones
 * and those in an order with others first.
 */
final class Rebuild {
    private static final long NOBODY = 20_000_000, NOISE = 200_000;

    private final Problem p;
    private final Dice dice;
    private final Draft draft;
    private final boolean[] put;
    private final double[] rank;
    private State state;
    private int bestStart, bestCandidate;
    private long best;

    Rebuild(Problem problem, Dice dice, Draft draft) {
        p = problem;
        this.dice = dice;
        this.draft = draft;
        put = new boolean[problem.lessons];
        rank = new double[problem.modules];
        for (int m = 0; m < p.modules; m++) {
            boolean ordered = p.before[m].length + p.after[m].length > 0;
            rank[m] = 10 * p.length[m] + (ordered ? 5 : 0) - Math.min(4, p.candidates[m].length) - p.closest[m].length / 64.0;
        }
    }

    /** Put all lessons of a class; the draft fails where one finds no place. */
    void carryOut(State on, int c) {
        state = on;
        int first = p.firstLesson[c], count = p.firstLesson[c + 1] - first;
        long[] order = new long[count];
        for (int k = 0; k < count; k++) {
            put[first + k] = false;
            double value = rank[p.lessonModule[first + k]] + 4 * dice.unit();
            order[k] = (long) (-1e6 * value) * 1024 + k;
        }
        Arrays.sort(order);
        for (long entry : order) {
            int one = first + (int) Math.floorMod(entry, 1024L);
            if (draft.failed()) return;
            if (!place(one)) draft.fail();
            put[one] = true;
        }
    }

    private boolean place(int one) {
        int m = p.lessonModule[one], opens = state.opens[p.lessonClass[one]];
        best = Long.MAX_VALUE;
        int from = earliest(one), to = latest(one);
        for (int start : p.closest[m]) {
            long away = p.orderWeight * Math.abs(p.slotDay[start] - p.nominal[m]);
            if (away >= best) break;
            if (start < from || start > to || !p.mayStart(one, start, opens) || !isEmpty(one, start)) continue;
            consider(one, start, away + dice.below((int) NOISE));
        }
        if (best == Long.MAX_VALUE) return false;
        draft.place(one, bestStart, bestCandidate);
        return true;
    }

    private void consider(int one, int start, long cost) {
        int[] teachers = p.teachers[one];
        int slot = state.opens[p.lessonClass[one]] * p.sessions + start;
        if (teachers.length == 0) note(start, Problem.NONE, cost);
        for (int k = 0; k < teachers.length; k++) {
            long price = cost + state.price(one, k);
            if (price < best && state.free(teachers[k], one, slot)) note(start, k, price);
        }
        if (teachers.length > 0 && cost + NOBODY < best) note(start, Problem.NONE, cost + NOBODY);
    }

    private void note(int start, int candidate, long cost) {
        if (cost >= best) return;
        best = cost;
        bestStart = start;
        bestCandidate = candidate;
    }

    private boolean isEmpty(int one, int start) {
        int at = p.firstCell[p.lessonClass[one]] + start, end = at + p.length[p.lessonModule[one]];
        while (at < end && state.cell[at] == 0) at++;
        return at == end;
    }

    private int earliest(int one) {
        int m = p.lessonModule[one], shift = one - m, from = 0;
        for (int other : p.before[m]) {
            if (put[shift + other]) from = Math.max(from, state.start[shift + other] + p.length[other]);
        }
        return from;
    }

    private int latest(int one) {
        int m = p.lessonModule[one], shift = one - m, to = Integer.MAX_VALUE;
        for (int other : p.after[m]) {
            if (put[shift + other]) to = Math.min(to, state.start[shift + other] - p.length[m]);
        }
        return to;
    }
}
