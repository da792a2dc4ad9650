import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.Iterator;
import java.util.Random;

/** Draws moves: who teaches, when in the class, when and where the class. */
public final class Moves implements MoveIteratorFactory<Plan, EditMove>, Iterator<EditMove> {
    private static final int TRIES = 1000;

    private Tracker tracker;
    private Draft draft;
    private Dice dice;
    private Teaching teaching;
    private Sessions sessions;
    private Openings openings;
    private double[] upTo;
    private long began, opening;
    private int turn;

    @Override
    public void phaseStarted(ScoreDirector<Plan> director) {
        dice = null;
    }

    @Override
    public Iterator<EditMove> createRandomMoveIterator(ScoreDirector<Plan> director, Random random) {
        if (dice == null) start(director.getWorkingSolution(), random.nextLong());
        return this;
    }

    private void start(Plan plan, long seed) {
        Problem problem = plan.problem();
        tracker = plan.tracker();
        dice = new Dice(seed);
        draft = new Draft(problem, dice);
        teaching = new Teaching(problem, dice, draft);
        sessions = new Sessions(problem, dice, draft);
        openings = new Openings(problem, dice, draft, sessions);
        began = System.nanoTime();
        double[] weights = Settings.MIX;
        double sum = 0, running = 0;
        for (double weight : weights) sum += weight;
        upTo = new double[weights.length];
        for (int k = 0; k < weights.length; k++) upTo[k] = (running += weights[k]) / sum;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public EditMove next() {
        State state = tracker.settled();
        for (int tries = 0; tries < TRIES; tries++) {
            boolean tolerant = dice.chance(Settings.LEAK);
            draft.begin(state, tolerant);
            if (!(isTimeToOpen() ? opened(state) : tried(state))) continue;
            if (draft.failed() || !tolerant && draft.hardChange() > 0) {
                draft.cancel();
                continue;
            }
            return new EditMove(draft.finish(tracker));
        }
        draft.begin(state, true);
        return new EditMove(draft.finish(tracker));
    }

    /** Moves of classes take much longer than others: they get a share of the time, not of the draws. */
    private boolean isTimeToOpen() {
        if ((++turn & 63) != 0 || !openings.possible()) return false;
        return opening < Settings.OPENINGS * (System.nanoTime() - began);
    }

    private boolean opened(State state) {
        long started = System.nanoTime();
        boolean moved = openings.move(state);
        opening += System.nanoTime() - started;
        return moved;
    }

    private boolean tried(State state) {
        double drawn = dice.unit();
        int kind = 0;
        while (drawn >= upTo[kind]) kind++;
        switch (kind) {
            case 0:
                return teaching.another(state);
            case 1:
                return sessions.swapLessons(state);
            case 2:
                return sessions.swapDays(state);
            case 3:
                return sessions.rotateThree(state);
            case 4:
                return sessions.shiftBlock(state);
            default:
                return sessions.moveLesson(state);
        }
    }

    @Override
    public long getSize(ScoreDirector<Plan> director) {
        return Integer.MAX_VALUE;
    }

    @Override
    public Iterator<EditMove> createOriginalMoveIterator(ScoreDirector<Plan> director) {
        throw new UnsupportedOperationException("moves are drawn at random only");
    }
}
