/** Fast random numbers (xorshift, Marsaglia 2003). */
final class Dice {
    private long state;

    Dice(long seed) {
        state = seed * 0x9E3779B97F4A7C15L | 1;
        for (int k = 0; k < 8; k++) next();
    }

    private long next() {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return state;
    }

    int below(int limit) {
        return (int) (((next() >>> 33) * limit) >>> 31);
    }

    double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double share) {
        return unit() < share;
    }
}
