namespace Nabla.Mutation;

/// <summary>The class that a mutated assembly asks which mutant is on. It is compiled into that assembly, not here.</summary>
internal static class MutantSwitch
{
    /// <summary>The environment variable with the number of the mutant that is on.</summary>
    public const string Active = "NABLA_MUTANT";

    /// <summary>The environment variable with the file for the numbers of the mutants that a run reaches.</summary>
    public const string Reached = "NABLA_MUTANTS_REACHED";

    /// <summary>Its source.</summary>
    public const string Source = $$"""
        internal static class MutantSwitch
        {
            private static readonly int Active =
                int.TryParse(System.Environment.GetEnvironmentVariable("{{Active}}"), out int id) ? id : -1;
            private static readonly bool[] Reached = Record(System.Environment.GetEnvironmentVariable("{{Reached}}"));

            public static bool IsOn(int id)
            {
                if (Reached is not null)
                    Reached[id] = true;
                return id == Active;
            }

            private static bool[] Record(string path)
            {
                if (path is null)
                    return null;
                var reached = new bool[100_000];
                System.AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.File.WriteAllLines(
                    path, System.Linq.Enumerable.Select(
                        System.Linq.Enumerable.Where(System.Linq.Enumerable.Range(0, reached.Length), i => reached[i]),
                        i => i.ToString()));
                return reached;
            }
        }
        """;
}
