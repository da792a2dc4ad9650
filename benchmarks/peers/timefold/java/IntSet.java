/** A set of small numbers from which one can be drawn. */
final class IntSet {
    private final int[] members, place;
    private int size;

    IntSet(int limit) {
        members = new int[limit];
        place = new int[limit];
        java.util.Arrays.fill(place, -1);
    }

    int size() {
        return size;
    }

    int get(int index) {
        return members[index];
    }

    void add(int value) {
        place[value] = size;
        members[size++] = value;
    }

    void remove(int value) {
        int hole = place[value], last = members[--size];
        members[hole] = last;
        place[last] = hole;
        place[value] = -1;
    }
}
