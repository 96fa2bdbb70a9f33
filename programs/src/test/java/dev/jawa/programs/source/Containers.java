package dev.jawa.programs.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Collections of the class library, and streams over them. */
public final class Containers {
    private Containers() {
    }

    public static void main(String[] arguments) {
        maps();
        queues();
        sorting();
        streams();
        primes();
    }

    private static void maps() {
        Map<String, Integer> counts = new HashMap<>();
        for (String word : "the quick brown fox jumps over the lazy dog and the quick cat".split(" ")) {
            counts.merge(word, 1, (a, b) -> a + b);
        }
        System.out.println(new TreeMap<>(counts));
        Map<Integer, List<String>> byLength = new LinkedHashMap<>();
        for (String word : new TreeMap<>(counts).keySet()) {
            byLength.computeIfAbsent(word.length(), _ -> new ArrayList<>()).add(word);
        }
        System.out.println(byLength);
        Map<Long, Long> large = new HashMap<>();
        for (long i = 0; i < 20_000; i++) {
            large.put(i * 7919, i);
        }
        long sum = 0;
        for (long i = 0; i < 20_000; i += 3) {
            sum += large.remove(i * 7919);
        }
        System.out.println(large.size() + " " + sum);
    }

    private static void queues() {
        var queue = new PriorityQueue<int[]>(Comparator.comparingInt(pair -> pair[0]));
        int seed = 17;
        for (int i = 0; i < 500; i++) {
            seed = seed * 1103515245 + 12345;
            queue.add(new int[] {seed >>> 16 & 0x7FFF, i});
        }
        int checksum = 0;
        while (!queue.isEmpty()) {
            checksum = checksum * 31 + queue.poll()[0];
        }
        System.out.println(checksum);
        var deque = new ArrayDeque<Integer>();
        for (int i = 0; i < 100; i++) {
            deque.addFirst(i);
            deque.addLast(-i);
            if (i % 3 == 0) {
                deque.removeFirst();
            }
        }
        System.out.println(deque.size() + " " + deque.peekFirst() + " " + deque.peekLast());
    }

    private static void sorting() {
        List<String> names = new ArrayList<>(List.of("Turing", "Hopper", "Knuth", "Liskov", "Dijkstra", "Lovelace"));
        Collections.sort(names);
        System.out.println(names);
        names.sort(Comparator.comparing(String::length).thenComparing(Comparator.reverseOrder()));
        System.out.println(names);
    }

    private static void streams() {
        System.out.println(IntStream.rangeClosed(1, 20).filter(n -> n % 2 == 1).mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "<", ">")));
        System.out.println(IntStream.range(0, 1000).mapToLong(n -> (long) n * n).sum());
    }

    private static void primes() {
        var composite = new BitSet();
        int count = 0;
        for (int i = 2; i < 50_000; i++) {
            if (!composite.get(i)) {
                count++;
                for (int j = 2 * i; j < 50_000; j += i) {
                    composite.set(j);
                }
            }
        }
        System.out.println(count);
    }
}
