import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.Move;

/** Makes an edit. */
final class EditMove implements Move<Plan> {
    private final Edit edit;

    EditMove(Edit edit) {
        this.edit = edit;
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<Plan> director) {
        return true;
    }

    @Override
    public void doMoveOnly(ScoreDirector<Plan> director) {
        Cursor cursor = director.getWorkingSolution().cursors.get(0);
        director.beforeVariableChanged(cursor, "edit");
        cursor.edit = edit;
        director.afterVariableChanged(cursor, "edit");
    }
}
