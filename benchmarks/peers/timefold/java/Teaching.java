/** Moves that change who teaches a lesson: another lecturer, taken from another class where needed. */
final class Teaching {
    private final Problem p;
    private final Dice dice;
    private final Draft draft;
    private final int[] optional;

    Teaching(Problem problem, Dice dice, Draft draft) {
        p = problem;
        this.dice = dice;
        this.draft = draft;
        optional = java.util.stream.IntStream.range(0, p.lessons).filter(k -> p.teachers[k].length > 1).toArray();
    }

    boolean another(State state) {
        if (state.open.size() > 0 && dice.chance(Settings.REPAIR)) {
            int one = state.open.get(dice.below(state.open.size())), start = state.start[one];
            draft.lift(one);
            draft.put(one, start);
            return true;
        }
        if (optional.length == 0) return false;
        int one = optional[dice.below(optional.length)], start = state.start[one], present = state.choice[one];
        int other = dice.below(p.teachers[one].length);
        if (other == present || isAway(state, p.teachers[one][other], one)) return false;
        draft.lift(one);
        if (draft.putWith(one, start, other)) return true;
        state.put(one, start, present);
        return false;
    }

    private boolean isAway(State state, int l, int one) {
        int at = l * p.slots + state.slot(one), end = at + p.length[p.lessonModule[one]];
        while (at < end && state.diary[at] >= 0) at++;
        return at < end;
    }
}
