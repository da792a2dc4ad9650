/** What was tuned. */
final class Settings {
    /** Shares of the moves, in the order in which `Moves` lists them. */
    static final double[] MIX = mix(System.getProperty("mix", "40,25,8,5,3,3"));
    static final double LEAK = Double.parseDouble(System.getProperty("leak", "0.05"));
    /** Share of the time that goes to moves of classes, and how many small changes then follow each. */
    static final double OPENINGS = Double.parseDouble(System.getProperty("openings", "0.25"));
    static final int POLISH = Integer.getInteger("polish", 300);
    static final double ANEW = Double.parseDouble(System.getProperty("anew", "0.5"));
    static final double IN_PLACE = Double.parseDouble(System.getProperty("inplace", "0.1"));
    static final double REPAIR = Double.parseDouble(System.getProperty("repair", "0.3"));
    static final String HARD_HEAT = System.getProperty("hard", "0");
    static final String SOFT_HEAT = System.getProperty("soft", "400000");

    private Settings() {}

    private static double[] mix(String text) {
        return java.util.Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
