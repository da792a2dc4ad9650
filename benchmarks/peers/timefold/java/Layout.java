import java.util.Arrays;

/** Lays out the lessons of one class, slot by slot and as close to programme order as the rules of modules allow. */
final class Layout {
    private static final int NODES = 20_000, ATTEMPTS = 50;

    private final Problem p;
    private final int opens, first, count, slots;
    private final int[] starts, order, last;
    private int nodes, gaps;

    private Layout(Problem problem, int c, int opens) {
        p = problem;
        this.opens = opens;
        first = p.firstLesson[c];
        count = p.firstLesson[c + 1] - first;
        slots = p.classDays[c] * p.sessions;
        starts = new int[count];
        order = new int[count];
        last = new int[count];
    }

    /** Return the start of each lesson, or null where none was found. */
    static int[] of(Problem problem, int c, int opens) {
        Layout layout = new Layout(problem, c, opens);
        Dice dice = new Dice(c + 1L);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (!layout.prepared(attempt, dice)) return null;
            if (layout.filled(0)) return layout.starts;
        }
        return null;
    }

    private boolean prepared(int attempt, Dice dice) {
        nodes = 0;
        gaps = slots;
        Arrays.fill(starts, Problem.NONE);
        for (int k = 0; k < count; k++) {
            order[k] = k;
            gaps -= p.length[p.lessonModule[first + k]];
            last[k] = slots - 1;
            while (last[k] >= 0 && !p.mayStart(first + k, last[k], opens)) last[k]--;
            if (last[k] < 0) return false;
        }
        for (int swaps = attempt * count / 10; swaps > 0; swaps--) {
            int k = dice.below(count), other = Math.min(count - 1, k + 1 + dice.below(4)), kept = order[k];
            order[k] = order[other];
            order[other] = kept;
        }
        return gaps >= 0;
    }

    private boolean filled(int slot) {
        while (slot < slots && gaps > 0 && none(slot)) {
            slot++;
            gaps--;
        }
        if (allPlaced()) return true;
        if (slot >= slots || ++nodes > NODES) return false;
        for (int k : order) {
            if (starts[k] == Problem.NONE && last[k] < slot) return false;
        }
        for (int k : order) {
            if (!fits(k, slot)) continue;
            starts[k] = slot;
            if (filled(slot + p.length[p.lessonModule[first + k]])) return true;
            starts[k] = Problem.NONE;
        }
        if (gaps == 0) return false;
        gaps--;
        if (filled(slot + 1)) return true;
        gaps++;
        return false;
    }

    private boolean none(int slot) {
        for (int k : order) {
            if (fits(k, slot)) return false;
        }
        return true;
    }

    private boolean allPlaced() {
        for (int start : starts) {
            if (start == Problem.NONE) return false;
        }
        return true;
    }

    private boolean fits(int k, int slot) {
        if (starts[k] != Problem.NONE || !p.mayStart(first + k, slot, opens)) return false;
        int m = p.lessonModule[first + k], shift = k - m;
        for (int other : p.before[m]) {
            int start = starts[shift + other];
            if (start == Problem.NONE || start + p.length[other] > slot) return false;
        }
        return true;
    }
}
