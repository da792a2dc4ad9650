/** What was tuned. */
final class Settings {
    /** Shares of the moves, in the order in which `Moves` lists them. */
    static final double[] MIX = numbers("mix", "40,25,8,5,3,3");
    static final double LEAK = Double.parseDouble(System.getProperty("leak", "0.3"));
    /** Share of the time that goes to moves of classes, and how many small changes then follow each. */
    static final double OPENINGS = Double.parseDouble(System.getProperty("openings", "0.5"));
    static final int POLISH = Integer.getInteger("polish", 1000);
    static final double ANEW = Double.parseDouble(System.getProperty("anew", "0.5"));
    static final double IN_PLACE = Double.parseDouble(System.getProperty("inplace", "0.1"));
    static final double BESIDE = Double.parseDouble(System.getProperty("beside", "0.4"));
    static final double REPAIR = Double.parseDouble(System.getProperty("repair", "0.3"));
    /** Of each annealing, one after the other: its share of the time, the temperatures it starts from. */
    static final double[] SHARES = numbers("shares", "1");
    static final String[] HARD_HEAT = System.getProperty("hard", "8").split(",");
    static final String[] SOFT_HEAT = System.getProperty("soft", "300000").split(",");

    /** Instead of a time limit, a number of moves, so that trials on a busy machine can be compared. */
    static final long MOVES = Long.getLong("moves", 0);
    static final boolean TALKS = Boolean.getBoolean("talks");

    private Settings() {}

    private static double[] numbers(String name, String fallback) {
        return java.util.Arrays.stream(System.getProperty(name, fallback).split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
