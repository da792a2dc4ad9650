/** The state of a working solution, led from edit to edit. */
final class Tracker {
    final State state;
    private final int[][] rows;
    private final boolean[] touched;
    private Edit at, counted;
    /** Made by a move that is about to be tried, and not confirmed yet. */
    private Edit tentative;
    private long lastId;

    Tracker(Problem problem, int[][] rows, Edit at) {
        state = new State(problem);
        this.rows = rows.clone();
        this.at = at;
        counted = at;
        lastId = at.id;
        touched = new boolean[problem.classes];
        for (int c = 0; c < problem.classes; c++) {
            state.open(c, rows[c][0], rows[c][1]);
            int first = problem.firstLesson[c], count = problem.firstLesson[c + 1] - first;
            for (int k = 0; k < count; k++) state.put(first + k, rows[c][2 + k], rows[c][2 + count + k]);
        }
    }

    /** Bring the state to where the cursor is: one edit on, or one back. */
    void follow(Edit edit) {
        if (tentative != null) {
            Edit made = tentative;
            tentative = null;
            if (edit == made) {
                at = edit;
                return;
            }
            made.unmake(state);
        }
        if (edit == at) return;
        if (edit.base == at.id) {
            edit.make(state);
        } else if (at.base == edit.id) {
            at.unmake(state);
        } else {
            throw new IllegalStateException("no way from edit " + at.id + " to edit " + edit.id);
        }
        at = edit;
    }

    /** Undo what was only tried, and note which classes the last step touched. */
    State settled() {
        follow(at);
        if (counted != at) {
            counted = at;
            at.classes(state.p, c -> touched[c] = true);
        }
        return state;
    }

    /** Wrap what a draft has just done to the state as an edit, not confirmed yet. */
    Edit tentative(int lessons, int[] data) {
        tentative = new Edit(++lastId, at.id, lessons, data);
        return tentative;
    }

    int[][] snapshot() {
        Problem p = state.p;
        settled();
        for (int c = 0; c < p.classes; c++) {
            if (!touched[c]) continue;
            touched[c] = false;
            int first = p.firstLesson[c], count = p.firstLesson[c + 1] - first;
            int[] row = new int[2 + 2 * count];
            row[0] = state.opens[c];
            row[1] = state.room[c];
            System.arraycopy(state.start, first, row, 2, count);
            System.arraycopy(state.choice, first, row, 2 + count, count);
            rows[c] = row;
        }
        return rows.clone();
    }
}
