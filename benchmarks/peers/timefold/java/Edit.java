/** A change of the timetable that can be made and unmade: lessons lifted and put, classes opened elsewhere. */
public final class Edit {
    private static final int LESSON = 5, CLASS = 5;

    /** Numbers of this edit and of the one it can be made after. */
    final long id, base;
    private final int lessons;
    private final int[] data;

    Edit(long id, long base, int lessons, int[] data) {
        this.id = id;
        this.base = base;
        this.lessons = lessons;
        this.data = data;
    }

    static Edit root() {
        return new Edit(0, -1, 0, new int[0]);
    }

    void make(State state) {
        change(state, 3, 3);
    }

    void unmake(State state) {
        change(state, 1, 1);
    }

    private void change(State state, int lessonColumn, int classColumn) {
        int end = lessons * LESSON;
        for (int k = 0; k < end; k += LESSON) state.lift(data[k]);
        for (int k = end; k < data.length; k += CLASS) state.close(data[k]);
        for (int k = end; k < data.length; k += CLASS) {
            state.open(data[k], data[k + classColumn], data[k + classColumn + 1]);
        }
        for (int k = 0; k < end; k += LESSON) state.put(data[k], data[k + lessonColumn], data[k + lessonColumn + 1]);
    }

    /** Call with each class that the edit touches; a class may come more than once. */
    void classes(Problem problem, java.util.function.IntConsumer touched) {
        int end = lessons * LESSON;
        for (int k = 0; k < end; k += LESSON) touched.accept(problem.lessonClass[data[k]]);
        for (int k = end; k < data.length; k += CLASS) touched.accept(data[k]);
    }
}
