import java.io.BufferedReader;
import java.io.IOException;
import java.io.StreamTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The scenario as flat arrays. Days are working days counted from 0, slots are {@code day * sessions + session}.
 * A lesson is one module taught to one class; the lessons of a class are consecutive, in programme order.
 */
final class Problem {
    static final int NONE = -1;

    final int sessions, days, slots, weeks, years;
    final int[] week, year, slotDay;
    final long orderWeight, delayWeight, preferenceWeight, overloadWeight;
    final long[] budget;

    final int lecturers;
    final long[] fee, cash;
    final int[] maxDay, maxWeek, maxLoad, target;
    final int[][] away;

    final int rooms;
    final int[] venue;
    final long[] roomFee, roomCash;
    final int[][] closedBefore;

    final int modules;
    final int[] length, nominal;
    final boolean[] offSite;
    final int[][] candidates, before, after;
    final boolean[][] mayStart;
    /** Of each module, where it may start, the closest to its nominal day first. */
    final int[][] closest;
    final int[][] programmes;
    final int[] programmeDays;

    final int classes, lessons;
    final int[] programme, classDays, opensFrom, opensBy, earliest, firstLesson, firstCell;
    final int[][] classRooms;
    final int[] lessonClass, lessonModule, lockedDay, lockedSession;
    /** Of each lesson, who may teach it, and their ranks in the module's list. */
    final int[][] teachers, ranks;

    private final StreamTokenizer tokens;

    Problem(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            tokens = new StreamTokenizer(reader);
            sessions = next();
            days = next();
            slots = days * sessions;
            weeks = next();
            years = next();
            week = list(days);
            year = list(days);
            slotDay = new int[slots + 1];
            for (int slot = 0; slot <= slots; slot++) slotDay[slot] = slot / sessions;
            orderWeight = number();
            delayWeight = number();
            preferenceWeight = number();
            overloadWeight = number();
            budget = numbers(years);

            lecturers = next();
            fee = numbers(lecturers);
            cash = numbers(lecturers);
            maxDay = list(lecturers);
            maxWeek = list(lecturers);
            maxLoad = list(lecturers);
            target = list(lecturers);
            away = lists(lecturers);

            rooms = next();
            venue = list(rooms);
            roomFee = numbers(rooms);
            roomCash = numbers(rooms);
            closedBefore = counted(lists(rooms));

            modules = next();
            length = list(modules);
            nominal = list(modules);
            offSite = truths(list(modules));
            candidates = lists(modules);
            before = lists(modules);
            after = inverse(before);
            int[][] starts = lists(modules);
            int count = next();
            programmes = lists(count);
            programmeDays = list(count);
            mayStart = starts(starts);
            closest = closest(starts);

            classes = next();
            programme = list(classes);
            opensFrom = list(classes);
            opensBy = list(classes);
            earliest = list(classes);
            classRooms = lists(classes);
            classDays = new int[classes];
            firstLesson = new int[classes + 1];
            firstCell = new int[classes + 1];
            for (int c = 0; c < classes; c++) {
                classDays[c] = programmeDays[programme[c]];
                firstLesson[c + 1] = firstLesson[c] + programmes[programme[c]].length;
                firstCell[c + 1] = firstCell[c] + classDays[c] * sessions;
            }
            lessons = firstLesson[classes];
            lessonClass = new int[lessons];
            lessonModule = new int[lessons];
            lockedDay = new int[lessons];
            lockedSession = new int[lessons];
            teachers = new int[lessons][];
            ranks = new int[lessons][];
            fillLessons();
            readLocks();
        }
    }

    boolean needsTeacher(int lesson) {
        return candidates[lessonModule[lesson]].length > 0;
    }

    /** Whether a class may open on a day in a room, as far as other classes do not matter. */
    boolean mayOpen(int c, int day, int room) {
        if (day < opensFrom[c] || day > opensBy[c]) return false;
        int[] closed = closedBefore[room];
        return closed[day + classDays[c]] == closed[day];
    }

    boolean mayStart(int lesson, int start, int opens) {
        boolean[] allowed = mayStart[lessonModule[lesson]];
        if (start < 0 || start >= allowed.length || !allowed[start]) return false;
        if (lockedDay[lesson] != NONE && lockedDay[lesson] != opens + start / sessions) return false;
        return lockedSession[lesson] == NONE || lockedSession[lesson] == start % sessions;
    }

    private void fillLessons() {
        int[][] natural = new int[modules][];
        for (int m = 0; m < modules; m++) {
            natural[m] = new int[candidates[m].length];
            for (int k = 0; k < natural[m].length; k++) natural[m][k] = k;
        }
        for (int c = 0; c < classes; c++) {
            int[] own = programmes[programme[c]];
            for (int k = 0; k < own.length; k++) {
                int lesson = firstLesson[c] + k;
                lessonClass[lesson] = c;
                lessonModule[lesson] = own[k];
                lockedDay[lesson] = NONE;
                lockedSession[lesson] = NONE;
                teachers[lesson] = candidates[own[k]];
                ranks[lesson] = natural[own[k]];
            }
        }
    }

    private void readLocks() throws IOException {
        for (int count = next(); count > 0; count--) {
            int lesson = firstLesson[next()] + next();
            int lecturer = next(), day = next(), session = next();
            if (day != NONE) lockedDay[lesson] = day;
            if (session != NONE) lockedSession[lesson] = session;
            if (lecturer == NONE) continue;
            int rank = 0;
            while (candidates[lessonModule[lesson]][rank] != lecturer) rank++;
            teachers[lesson] = new int[] {lecturer};
            ranks[lesson] = new int[] {rank};
        }
    }

    private int next() throws IOException {
        return Math.toIntExact(number());
    }

    private long number() throws IOException {
        if (tokens.nextToken() != StreamTokenizer.TT_NUMBER) throw new IOException("a number was expected");
        return (long) tokens.nval;
    }

    private int[] list(int count) throws IOException {
        int[] values = new int[count];
        for (int k = 0; k < count; k++) values[k] = next();
        return values;
    }

    private long[] numbers(int count) throws IOException {
        long[] values = new long[count];
        for (int k = 0; k < count; k++) values[k] = number();
        return values;
    }

    private int[][] lists(int count) throws IOException {
        int[][] values = new int[count][];
        for (int k = 0; k < count; k++) values[k] = list(next());
        return values;
    }

    private static boolean[] truths(int[] values) {
        boolean[] truths = new boolean[values.length];
        for (int k = 0; k < values.length; k++) truths[k] = values[k] != 0;
        return truths;
    }

    private int[][] counted(int[][] marked) {
        int[][] counts = new int[marked.length][days + 1];
        for (int k = 0; k < marked.length; k++) {
            for (int day : marked[k]) counts[k][day + 1] = 1;
            for (int day = 0; day < days; day++) counts[k][day + 1] += counts[k][day];
        }
        return counts;
    }

    private static int[][] inverse(int[][] arcs) {
        int[][] back = new int[arcs.length][];
        for (int m = 0; m < arcs.length; m++) {
            int target = m;
            back[m] = java.util.stream.IntStream.range(0, arcs.length)
                    .filter(k -> java.util.Arrays.stream(arcs[k]).anyMatch(other -> other == target))
                    .toArray();
        }
        return back;
    }

    private int[][] closest(int[][] starts) {
        int[][] sorted = new int[modules][];
        for (int m = 0; m < modules; m++) {
            int day = nominal[m];
            sorted[m] = java.util.Arrays.stream(starts[m])
                    .boxed()
                    .sorted(java.util.Comparator.comparingInt(start -> Math.abs(slotDay[start] - day)))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return sorted;
    }

    private boolean[][] starts(int[][] starts) {
        boolean[][] allowed = new boolean[modules][];
        for (int k = 0; k < programmes.length; k++) {
            for (int m : programmes[k]) {
                allowed[m] = new boolean[programmeDays[k] * sessions];
                for (int start : starts[m]) allowed[m][start] = true;
            }
        }
        return allowed;
    }
}
