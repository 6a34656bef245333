using System.Globalization;
using System.Runtime.InteropServices;

namespace Nabla.Comparisons;

/// <summary>The other end of <see cref="ContenderProcess"/>: measures each time it is asked to, until standard input ends.</summary>
internal static class ContenderServer
{
    /// <summary>The first argument of such a process.</summary>
    public const string Command = "contender";

    /// <summary>Answers for a contender of a comparison.</summary>
    /// <param name="comparison">Name of the comparison.</param>
    /// <param name="contender">The contender's name.</param>
    /// <param name="threads">Its number of threads.</param>
    /// <param name="task">What the comparison passes.</param>
    public static void Serve(string comparison, string contender, int threads, string[] task)
    {
        switch (comparison)
        {
            case TrainingContenders.Comparison: TrainingContenders.Serve(contender, threads, task); break;
            case PredictionContenders.Comparison: PredictionContenders.Serve(contender, threads, task); break;
            case ProductContenders.Comparison: ProductContenders.Serve(contender, threads); break;
            default: throw new ArgumentException($"'{comparison}' has no contenders.", nameof(comparison));
        }
    }

    /// <summary>Answers until standard input ends.</summary>
    /// <param name="measure">Makes one measurement of what is described by words, and returns its seconds.</param>
    /// <param name="result">Computes what is described by words, and returns the result.</param>
    public static void Run(Func<string[], double> measure, Func<string[], float[]> result)
    {
        Console.WriteLine("ready");
        while (Console.ReadLine() is { } question)
        {
            string[] words = question.Split(' ');
            Console.WriteLine(words[0] switch
            {
                ContenderProcess.MeasureCommand => measure(words[1..]).ToString("R", CultureInfo.InvariantCulture),
                ContenderProcess.ResultCommand => Convert.ToBase64String(MemoryMarshal.AsBytes(result(words[1..]).AsSpan())),
                _ => throw new InvalidOperationException($"Unknown command '{question}'."),
            });
        }
    }
}
