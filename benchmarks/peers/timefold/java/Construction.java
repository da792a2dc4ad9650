import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The first timetable: classes in the order of their deadlines, each opened where, of the earliest openings still
 * free in each room, it is taught best; lessons in programme order, each by the cheapest lecturer who is free. The
 * less time classes may lose between each other, the likelier they all find room: so that is tried last.
 */
final class Construction {
    private static final int EARLIEST = -1;
    private static final int[] WAITS = {20, 10, 5, 2, 0, EARLIEST};

    private final Problem p;
    private final State state;
    private final int wait;
    private final int[][] layouts;

    private Construction(Problem problem, int wait) {
        p = problem;
        state = new State(problem);
        this.wait = wait;
        layouts = new int[problem.programmes.length][];
    }

    /** Return the rows of a plan, or null where the lessons of some class cannot be laid out. */
    static int[][] rows(Problem problem) {
        int[][] best = null;
        long least = Long.MAX_VALUE;
        for (int wait : WAITS) {
            Construction construction = new Construction(problem, wait);
            int[][] rows = construction.rows();
            if (rows == null) return null;
            if (construction.state.conflicts < least) {
                best = rows;
                least = construction.state.conflicts;
            }
            if (least == 0) break;
        }
        return best;
    }

    private int[][] rows() {
        int[][] rows = new int[p.classes][];
        Integer[] order = IntStream.range(0, p.classes).boxed().toArray(Integer[]::new);
        Arrays.sort(order, Comparator.comparingInt((Integer c) -> p.opensBy[c]).thenComparingInt(c -> p.opensFrom[c]));
        for (int c : order) {
            rows[c] = placed(c);
            if (rows[c] == null) return null;
        }
        return rows;
    }

    private int[] placed(int c) {
        int[] best = null;
        long bestHard = Long.MAX_VALUE, bestSoft = Long.MAX_VALUE;
        int[] openings = openings(c);
        for (int opening : openings) {
            int day = opening / p.rooms, room = opening % p.rooms;
            int[] starts = layout(c, day);
            if (starts == null) continue;
            long hardBefore = state.hard(), softBefore = state.soft;
            fill(c, day, room, starts);
            long hard = state.hard() - hardBefore, soft = state.soft - softBefore;
            if (hard < bestHard || hard == bestHard && soft < bestSoft) {
                best = row(c);
                bestHard = hard;
                bestSoft = soft;
            }
            clear(c);
        }
        if (best != null) restore(c, best);
        return best;
    }

    /** List the earliest openings of each room that are still free; any if there are none. */
    private int[] openings(int c) {
        int[] free = Arrays.stream(p.classRooms[c]).flatMap(room -> earliest(c, room)).toArray();
        if (free.length > 0 && wait == EARLIEST) {
            return new int[] {Arrays.stream(free).min().getAsInt()};
        }
        return free.length > 0
                ? free
                : Arrays.stream(p.classRooms[c])
                        .flatMap(room -> days(c, room).map(day -> day * p.rooms + room))
                        .toArray();
    }

    private IntStream days(int c, int room) {
        return IntStream.rangeClosed(p.opensFrom[c], p.opensBy[c]).filter(day -> p.mayOpen(c, day, room));
    }

    private IntStream earliest(int c, int room) {
        int[] days = days(c, room).filter(day -> isEmpty(c, day, room)).toArray();
        return Arrays.stream(days).filter(day -> day <= days[0] + Math.max(wait, 0)).map(day -> day * p.rooms + room);
    }

    private boolean isEmpty(int c, int day, int room) {
        for (int k = 0; k < p.classDays[c]; k++) {
            if (state.roomUse[room * p.days + day + k] > 0) return false;
        }
        return true;
    }

    /** Classes without locks share the layout of their programme. */
    private int[] layout(int c, int day) {
        for (int k = p.firstLesson[c]; k < p.firstLesson[c + 1]; k++) {
            if (p.lockedDay[k] != Problem.NONE || p.lockedSession[k] != Problem.NONE) return Layout.of(p, c, day);
        }
        int programme = p.programme[c];
        if (layouts[programme] == null) layouts[programme] = Layout.of(p, c, day);
        return layouts[programme];
    }

    private void fill(int c, int day, int room, int[] starts) {
        state.open(c, day, room);
        for (int k = 0; k < starts.length; k++) {
            int lesson = p.firstLesson[c] + k;
            state.put(lesson, starts[k], cheapest(lesson, day * p.sessions + starts[k]));
        }
    }

    private int cheapest(int lesson, int slot) {
        int chosen = Problem.NONE;
        long best = Long.MAX_VALUE;
        for (int k = 0; k < p.teachers[lesson].length; k++) {
            if (!state.free(p.teachers[lesson][k], lesson, slot)) continue;
            long price = state.price(lesson, k);
            if (price < best) {
                best = price;
                chosen = k;
            }
        }
        return chosen;
    }

    private int[] row(int c) {
        int first = p.firstLesson[c], count = p.firstLesson[c + 1] - first;
        int[] row = new int[2 + 2 * count];
        row[0] = state.opens[c];
        row[1] = state.room[c];
        System.arraycopy(state.start, first, row, 2, count);
        System.arraycopy(state.choice, first, row, 2 + count, count);
        return row;
    }

    private void restore(int c, int[] row) {
        int first = p.firstLesson[c], count = p.firstLesson[c + 1] - first;
        state.open(c, row[0], row[1]);
        for (int k = 0; k < count; k++) state.put(first + k, row[2 + k], row[2 + count + k]);
    }

    private void clear(int c) {
        for (int k = p.firstLesson[c]; k < p.firstLesson[c + 1]; k++) state.lift(k);
        state.close(c);
    }
}
