sealed interface Shape { val area: Double }
data class Circle(val radius: Double) : Shape { override val area get() = 3.0 * radius * radius }
data class Box(val width: Double, val height: Double) : Shape { override val area get() = width * height }
class Broken(message: String) : Exception(message)
fun describe(shape: Shape): String = when (shape) { is Circle -> "circle of ${shape.area}"; is Box -> "box of ${shape.area}" }
inline fun <reified T> count(all: List<Any>) = all.count { it is T }
fun main() {
    val shapes = listOf(Circle(1.5), Box(2.0, 3.0), Circle(2.0))
    println(shapes.map(::describe).sorted().joinToString())
    println(shapes.groupBy { it::class.simpleName }.mapValues { (_, v) -> v.sumOf(Shape::area) })
    println(count<Circle>(shapes))
    val words = "the quick brown fox jumps over the lazy dog the end".split(" ")
    println(words.groupingBy { it }.eachCount().entries.sortedWith(compareBy({ -it.value }, { it.key })).take(3))
    val primes = generateSequence(2) { it + 1 }.filter { n -> (2..n / 2).none { n % it == 0 } }.take(20).toList()
    println(primes)
    try { check(primes.size > 20) { "only ${primes.size}" } } catch (e: IllegalStateException) { println("caught ${e.message}") } finally { println("finally") }
    try { throw Broken("deep") } catch (e: Exception) { println(e) }
    println(runCatching { (shapes[0] as Any) as String }.isFailure)
    println(Regex("(\\w+)@(\\w+)\\.org").replace("me@example.org, you@test.org") { "${it.groupValues[2]}:${it.groupValues[1]}" })
    val fib = DeepRecursiveFunction<Int, Long> { n -> if (n < 2) n.toLong() else callRecursive(n - 1) + callRecursive(n - 2) }
    println(fib(20))
    println((1L shl 40).toString(16) + " " + Int.MIN_VALUE + " " + 5.toUInt() * 3u)
}
