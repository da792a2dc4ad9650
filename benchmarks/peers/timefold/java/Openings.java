/** Moves that change when and where a class is held; its lessons keep their places in it. */
final class Openings {
    private static final int MOST = 5, DRAWS = 20;

    private final Problem p;
    private final Dice dice;
    private final Draft draft;
    private final int[] movable;
    /** Of each programme, its classes. */
    private final int[][] fellows;
    private final Sessions sessions;
    private final Rebuild rebuild;
    private final int[] chain = new int[MOST];
    private boolean anew;
    private State state;

    Openings(Problem problem, Dice dice, Draft draft, Sessions sessions) {
        p = problem;
        this.dice = dice;
        this.draft = draft;
        this.sessions = sessions;
        rebuild = new Rebuild(problem, dice, draft);
        fellows = new int[p.programmes.length][];
        for (int programme = 0; programme < fellows.length; programme++) {
            int own = programme;
            fellows[own] = java.util.stream.IntStream.range(0, p.classes).filter(c -> p.programme[c] == own).toArray();
        }
        movable = java.util.stream.IntStream.range(0, p.classes)
                .filter(c -> p.opensFrom[c] < p.opensBy[c] || p.classRooms[c].length > 1)
                .toArray();
    }

    boolean possible() {
        return movable.length > 0;
    }

    boolean move(State on) {
        state = on;
        int c = movable[dice.below(movable.length)];
        double drawn = dice.unit();
        anew = dice.chance(Settings.ANEW);
        if (drawn < Settings.IN_PLACE) return inPlace(c);
        if (drawn < 0.5) return shift(c, step());
        if (drawn < 0.8) return relocate(c);
        return exchange(c);
    }

    /** Draw by how many days to open later: mostly a few days or whole weeks. */
    private int step() {
        int days = dice.chance(0.5) ? 1 + dice.below(5) : dice.chance(0.5) ? 5 * (1 + dice.below(4)) : 1 + dice.below(60);
        return dice.chance(0.5) ? days : -days;
    }

    /** Open a class later or earlier in its room; classes that would be in the way move as far. */
    private boolean shift(int c, int days) {
        int count = 0;
        chain[count++] = c;
        for (int k = 0; k < count; k++) {
            int one = chain[k], from = state.opens[one] + days, to = from + p.classDays[one];
            if (!p.mayOpen(one, from, state.room[one]) || !keepsLocks(one, from)) return false;
            if (isEmpty(state.room[one], from, to, state.opens[one], state.opens[one] + p.classDays[one])) continue;
            for (int other = 0; other < p.classes; other++) {
                if (state.room[other] != state.room[one] || isIn(other, count)) continue;
                if (state.opens[other] >= to || state.opens[other] + p.classDays[other] <= from) continue;
                if (count == MOST) return false;
                chain[count++] = other;
            }
        }
        int beside = count == 1 ? drawnBeside(c, state.opens[c] + days) : Problem.NONE;
        for (int k = 0; k < count; k++) lift(chain[k]);
        for (int k = 0; k < count; k++) draft.settle(chain[k], state.opens[chain[k]] + days, state.room[chain[k]]);
        if (beside >= 0) lighten(beside);
        for (int k = 0; k < count; k++) putAll(chain[k]);
        for (int k = 0; k < count; k++) polish(chain[k]);
        if (beside >= 0) settleBeside(beside, c);
        return true;
    }

    /** Hold a class in another room, at about the same time. */
    private boolean relocate(int c) {
        int[] rooms = p.classRooms[c];
        int room = rooms[dice.below(rooms.length)];
        int day = state.opens[c] + (dice.chance(0.6) ? 0 : step());
        if (room == state.room[c] || !p.mayOpen(c, day, room) || !keepsLocks(c, day)) return false;
        if (!isEmpty(room, day, day + p.classDays[c], 0, 0)) return false;
        int beside = drawnBeside(c, day);
        lift(c);
        draft.settle(c, day, room);
        if (beside >= 0) lighten(beside);
        putAll(c);
        polish(c);
        if (beside >= 0) settleBeside(beside, c);
        return true;
    }

    /** Have two classes exchange their rooms and first days. */
    private boolean exchange(int c) {
        int other = movable[dice.below(movable.length)];
        int day = state.opens[c], room = state.room[c], otherDay = state.opens[other], otherRoom = state.room[other];
        if (other == c || p.classDays[other] != p.classDays[c]) return false;
        if (!hasRoom(c, otherRoom) || !p.mayOpen(c, otherDay, otherRoom) || !keepsLocks(c, otherDay)) return false;
        if (!hasRoom(other, room) || !p.mayOpen(other, day, room) || !keepsLocks(other, day)) return false;
        lift(c);
        lift(other);
        draft.settle(c, otherDay, otherRoom);
        draft.settle(other, day, room);
        putAll(c);
        putAll(other);
        polish(c);
        polish(other);
        return true;
    }

    private void lift(int c) {
        draft.liftClass(c);
        draft.leave(c);
    }

    private void putAll(int c) {
        if (anew) {
            rebuild.carryOut(state, c);
            return;
        }
        for (int k = p.firstLesson[c]; k < p.firstLesson[c + 1]; k++) draft.put(k, state.start[k]);
    }

    /** Lay a class out anew where it is. */
    private boolean inPlace(int c) {
        int beside = drawnBeside(c, state.opens[c]);
        draft.liftClass(c);
        if (beside >= 0) lighten(beside);
        rebuild.carryOut(state, c);
        polish(c);
        if (beside >= 0) settleBeside(beside, c);
        return true;
    }

    /** Draw, now and then, a class of the programme that is held at the same time as another. */
    private int drawnBeside(int c, int day) {
        int[] classes = fellows[p.programme[c]];
        if (classes.length < 2 || !dice.chance(Settings.BESIDE)) return Problem.NONE;
        for (int k = 0; k < DRAWS; k++) {
            int other = classes[dice.below(classes.length)], from = state.opens[other];
            if (other != c && from < day + p.classDays[c] && from + p.classDays[other] > day) return other;
        }
        return Problem.NONE;
    }

    /** Draw the lessons of a class in, without a change for now. */
    private void lighten(int c) {
        draft.liftClass(c);
        for (int k = p.firstLesson[c]; k < p.firstLesson[c + 1]; k++) draft.place(k, state.start[k], state.choice[k]);
    }

    private void settleBeside(int beside, int c) {
        for (int k = 0; k < 2; k++) {
            polish(beside);
            polish(c);
        }
    }

    private void polish(int c) {
        if (!draft.failed()) sessions.polish(state, c, Settings.POLISH);
    }

    private boolean hasRoom(int c, int room) {
        for (int one : p.classRooms[c]) {
            if (one == room) return true;
        }
        return false;
    }

    private boolean keepsLocks(int c, int day) {
        for (int k = p.firstLesson[c]; k < p.firstLesson[c + 1]; k++) {
            if (p.lockedDay[k] != Problem.NONE && p.lockedDay[k] != day + state.start[k] / p.sessions) return false;
        }
        return true;
    }

    /** Whether a room is empty from one day to another, except for a stay that will end. */
    private boolean isEmpty(int room, int from, int to, int leftFrom, int leftTo) {
        for (int day = from; day < to; day++) {
            int own = day >= leftFrom && day < leftTo ? 1 : 0;
            if (state.roomUse[room * p.days + day] > own) return false;
        }
        return true;
    }

    private boolean isIn(int c, int count) {
        for (int k = 0; k < count; k++) {
            if (chain[k] == c) return true;
        }
        return false;
    }
}
