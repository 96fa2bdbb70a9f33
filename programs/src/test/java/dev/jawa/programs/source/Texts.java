package dev.jawa.programs.source;

import java.util.Arrays;
import java.util.List;

/** Strings: built, compared, searched and taken apart, beyond ASCII too. */
public final class Texts {
    private Texts() {
    }

    public static void main(String[] arguments) {
        String text = "Grüße, wörld \uD83D\uDE00 from far away";
        System.out.println(text.length() + " " + text.codePointCount(0, text.length()) + " " + text.hashCode());
        System.out.println(text.indexOf("far") + " " + text.contains("\u00F6") + " " + text.lastIndexOf('a'));
        System.out.println(new StringBuilder("stressed").reverse().insert(3, "--").append(1).append('c').append(2L)
                .append(true).deleteCharAt(0));
        System.out.println(Arrays.toString("a,b,,c".split(",")) + " " + String.join("|", List.of("x", "y", "z")));
        System.out.println("apple".compareTo("apricot") + " " + "b".repeat(5) + " " + "  trim ".trim() + ".");
        System.out.println("ab".equals(new String(new char[] {'a', 'b'})));
        System.out.println(palindrome("A man, a plan, a canal: Panama") + " " + palindrome("palindrome"));
        System.out.println(caesar("Hello, World", 13) + " " + caesar(caesar("Hello, World", 13), 13));
        System.out.println(distance("kitten sitting on a mitten", "sitting kittens off mittens"));
        var longer = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            longer.append(i % 7 == 0 ? "seven" : Integer.toString(i));
        }
        System.out.println(longer.length() + " " + longer.toString().hashCode() + " " + longer.indexOf("4999"));
        for (String each : new String[] {"one", "two", "three"}) {
            System.out.println(switch (each) {
                case "one" -> 1;
                case "two" -> 2;
                default -> each.length();
            });
        }
    }

    private static boolean palindrome(String text) {
        var letters = new StringBuilder();
        for (char character : text.toCharArray()) {
            if (Character.isLetter(character)) {
                letters.append(Character.toLowerCase(character));
            }
        }
        return letters.toString().equals(letters.reverse().toString());
    }

    private static String caesar(String text, int shift) {
        var result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            char base = character >= 'a' && character <= 'z' ? 'a' : character >= 'A' && character <= 'Z' ? 'A' : 0;
            result.append(base == 0 ? character : (char) ((character - base + shift) % 26 + base));
        }
        return result.toString();
    }

    /** The edit distance. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int i = 0; i <= to.length(); i++) {
            previous[i] = i;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
