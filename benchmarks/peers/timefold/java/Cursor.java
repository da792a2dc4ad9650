import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;

/**
 * The one planning entity: its variable is the last edit made. Timefold makes and unmakes moves by changing it,
 * so that a move costs one change of a variable however many lessons it touches.
 */
@PlanningEntity
public final class Cursor {
    @PlanningVariable
    public Edit edit;

    public Cursor() {}

    Cursor(Edit edit) {
        this.edit = edit;
    }
}
