import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.cloner.SolutionCloner;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.List;

/**
 * The planning solution. A clone keeps a row a class and shares rows with earlier clones; the working solution
 * has a state as well, and what its cursor says has happened to it.
 */
@PlanningSolution(solutionCloner = Plan.Cloner.class)
public final class Plan {
    private Problem problem;
    private int[][] rows;
    private Tracker tracker;

    @PlanningEntityCollectionProperty
    public List<Cursor> cursors;

    @ValueRangeProvider
    public List<Edit> edits = List.of(Edit.root(), Edit.root());

    @PlanningScore
    public HardSoftLongScore score;

    public Plan() {}

    Plan(Problem problem, int[][] rows, Edit at) {
        this.problem = problem;
        this.rows = rows;
        this.cursors = List.of(new Cursor(at));
    }

    Problem problem() {
        return problem;
    }

    /** Of each class: its first day, its room, the starts of its lessons, their candidates. */
    int[][] rows() {
        return rows;
    }

    Tracker tracker() {
        if (tracker == null) tracker = new Tracker(problem, rows, cursors.get(0).edit);
        return tracker;
    }

    /** Copies a working solution, row by row where it has changed since the last copy. */
    public static final class Cloner implements SolutionCloner<Plan> {
        @Override
        public Plan cloneSolution(Plan plan) {
            int[][] rows = plan.tracker == null ? plan.rows : plan.tracker.snapshot();
            Plan copy = new Plan(plan.problem, rows, plan.cursors.get(0).edit);
            copy.score = plan.score;
            return copy;
        }
    }
}
