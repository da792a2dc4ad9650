import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the best plan of all runs: the first one that holds, then now and then, and the last. */
final class Recorder implements AutoCloseable {
    private static final double SPACING = 1.1;
    private static final long PAUSE = 50;

    private final Problem problem;
    private final BufferedWriter file;
    private final long began;
    private final Thread writer;
    private Plan best;
    private long foundAt;
    private boolean closed;

    Recorder(Problem problem, Path path, long began) throws IOException {
        this.problem = problem;
        this.began = began;
        file = Files.newBufferedWriter(path);
        writer = new Thread(this::write);
        writer.start();
    }

    synchronized void offer(Plan plan) {
        if (plan.score == null || plan.score.hardScore() < 0) return;
        if (best != null && plan.score.compareTo(best.score) <= 0) return;
        best = plan;
        foundAt = System.currentTimeMillis();
    }

    @Override
    public void close() throws Exception {
        synchronized (this) {
            closed = true;
        }
        writer.join();
        file.close();
    }

    private void write() {
        HardSoftLongScore written = null;
        double next = 0;
        try {
            while (true) {
                Plan plan;
                long at;
                boolean last;
                synchronized (this) {
                    plan = best;
                    at = foundAt - began;
                    last = closed;
                }
                boolean isNew = plan != null && !plan.score.equals(written);
                if (isNew && (last || System.currentTimeMillis() - began >= next)) {
                    write(plan, at);
                    written = plan.score;
                    next = (System.currentTimeMillis() - began) * SPACING;
                }
                if (last) return;
                Thread.sleep(PAUSE);
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Write when, how dear, and for each class first day, room, starts and lecturers, on one line. */
    private void write(Plan plan, long at) throws IOException {
        StringBuilder line = new StringBuilder().append(at).append(' ').append(-plan.score.softScore());
        int[][] rows = plan.rows();
        for (int c = 0; c < problem.classes; c++) {
            int first = problem.firstLesson[c], count = problem.firstLesson[c + 1] - first;
            line.append(' ').append(rows[c][0]).append(' ').append(rows[c][1]);
            for (int k = 0; k < count; k++) {
                int candidate = rows[c][2 + count + k];
                int lecturer = candidate < 0 ? Problem.NONE : problem.teachers[first + k][candidate];
                line.append(' ').append(rows[c][2 + k]).append(' ').append(lecturer);
            }
        }
        file.write(line.append('\n').toString());
        file.flush();
    }
}
