import ai.timefold.solver.core.api.domain.common.DomainAccessType;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.heuristic.selector.move.factory.MoveIteratorFactoryConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.decider.acceptor.LocalSearchAcceptorConfig;
import ai.timefold.solver.core.config.localsearch.decider.forager.LocalSearchForagerConfig;
import ai.timefold.solver.core.config.score.director.ScoreDirectorFactoryConfig;
import ai.timefold.solver.core.config.solver.EnvironmentMode;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Improves a timetable until a deadline by simulated annealing, once for each seed and side by side.
 *
 * <p>Arguments: the problem, the file for the plans, the start and the deadline in milliseconds since 1970, the
 * environment mode, the seeds.
 */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Problem problem = new Problem(Path.of(arguments[0]));
        long began = Long.parseLong(arguments[2]), deadline = Long.parseLong(arguments[3]);
        EnvironmentMode mode = EnvironmentMode.valueOf(arguments[4]);
        try (Recorder recorder = new Recorder(problem, Path.of(arguments[1]), began)) {
            List<Thread> runs = new ArrayList<>();
            for (int k = 5; k < arguments.length; k++) {
                long seed = Long.parseLong(arguments[k]);
                runs.add(new Thread(() -> run(problem, seed, deadline, mode, recorder)));
            }
            for (Thread run : runs) run.start();
            for (Thread run : runs) run.join();
        }
    }

    private static void run(Problem problem, long seed, long deadline, EnvironmentMode mode, Recorder recorder) {
        int[][] rows = Construction.rows(problem);
        if (rows == null) return;
        long left = deadline - System.currentTimeMillis();
        if (left <= 0) return;
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Plan.class)
                .withEntityClasses(Cursor.class)
                .withEnvironmentMode(mode)
                .withDomainAccessType(DomainAccessType.GIZMO)
                .withRandomSeed(seed)
                .withScoreDirectorFactory(
                        new ScoreDirectorFactoryConfig().withIncrementalScoreCalculatorClass(Calculator.class))
                .withPhases(phases(left));
        Solver<Plan> solver = SolverFactory.<Plan>create(config).buildSolver();
        solver.addEventListener(event -> recorder.offer(event.getNewBestSolution()));
        Plan end = solver.solve(new Plan(problem, rows, Edit.root()));
        recorder.offer(end);
        if (Settings.TALKS && solver instanceof DefaultSolver<?> spoken) {
            double spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
            long moves = spoken.getMoveEvaluationCount();
            System.err.printf("seed %d: %s, %d moves in %.1f s of the processor%n", seed, end.score, moves, spent);
        }
    }

    private static LocalSearchPhaseConfig[] phases(long left) {
        int count = Settings.SHARES.length;
        LocalSearchPhaseConfig[] phases = new LocalSearchPhaseConfig[count];
        for (int k = 0; k < count; k++) phases[k] = annealing(k).withTerminationConfig(limit(left, Settings.SHARES[k]));
        return phases;
    }

    private static TerminationConfig limit(long left, double share) {
        TerminationConfig limit = new TerminationConfig();
        return Settings.MOVES > 0
                ? limit.withMoveCountLimit(Math.round(share * Settings.MOVES))
                : limit.withSpentLimit(Duration.ofMillis(Math.round(share * left)));
    }

    private static LocalSearchPhaseConfig annealing(int phase) {
        MoveIteratorFactoryConfig moves = new MoveIteratorFactoryConfig();
        moves.setMoveIteratorFactoryClass(Moves.class);
        String heat = Settings.HARD_HEAT[phase] + "hard/" + Settings.SOFT_HEAT[phase] + "soft";
        return new LocalSearchPhaseConfig()
                .withMoveSelectorConfig(moves)
                .withAcceptorConfig(new LocalSearchAcceptorConfig().withSimulatedAnnealingStartingTemperature(heat))
                .withForagerConfig(new LocalSearchForagerConfig().withAcceptedCountLimit(1));
    }
}
