namespace Nabla.Comparisons;

/// <summary>The table of all contenders at the end of a results file.</summary>
internal sealed class Variants
{
    private readonly MarkdownTable table = new("Nabla to it", "what", "contender", "threads", "median", "from", "to");

    /// <summary>Adds the contenders of one task, and prints them while the comparison runs.</summary>
    /// <param name="what">The task.</param>
    /// <param name="outcome">What they took.</param>
    /// <param name="text">Writes a number of seconds.</param>
    public void Add(string what, Outcome outcome, Func<double, string> text)
    {
        foreach (var times in outcome.Times)
        {
            string title = times.Seconds.Count == outcome.Rounds
                ? times.Contender.Title
                : $"{times.Contender.Title}, {times.Seconds.Count} measurement{(times.Seconds.Count == 1 ? "" : "s")}";
            string ratio = Ratio.Of(outcome.Ours, times).Text(0, isLimit: times.Contender.IsNabla);
            table.Add(ratio, what, title, $"{times.Contender.Threads}", text(times.Median), text(times.Least), text(times.Most));
            Console.Error.WriteLine($"    {text(times.Median),20}  {title}, {Contender.Text(times.Contender.Threads)}");
        }
    }

    public override string ToString() => table.ToString();
}
