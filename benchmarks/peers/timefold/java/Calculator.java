import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;

/** Scores a plan in constant time: the state keeps its cost. */
public final class Calculator implements IncrementalScoreCalculator<Plan, HardSoftLongScore> {
    private Tracker tracker;

    @Override
    public void resetWorkingSolution(Plan plan) {
        tracker = plan.tracker();
        tracker.follow(plan.cursors.get(0).edit);
    }

    @Override
    public void afterVariableChanged(Object entity, String variable) {
        tracker.follow(((Cursor) entity).edit);
    }

    @Override
    public HardSoftLongScore calculateScore() {
        return HardSoftLongScore.of(-10 * tracker.state.hard(), -tracker.state.soft);
    }

    @Override
    public void beforeVariableChanged(Object entity, String variable) {}

    @Override
    public void beforeEntityAdded(Object entity) {}

    @Override
    public void afterEntityAdded(Object entity) {}

    @Override
    public void beforeEntityRemoved(Object entity) {}

    @Override
    public void afterEntityRemoved(Object entity) {}
}
