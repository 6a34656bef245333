using System.Globalization;

namespace Nabla.Mpi;

/// <summary>The program that started this process as one of several ranks, as the environment describes it.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Family">Whose libraries it starts ranks for.</param>
/// <param name="Size">The number of ranks; null if the launcher does not say.</param>
/// <param name="Rank">The number of this rank; null if the launcher does not say.</param>
internal sealed record Launcher(string Name, MpiFamily Family, int? Size, int? Rank)
{
    // A launcher inside another one sets its own variables and leaves the others: the more specific ones come first.
    private static readonly Kind[] Kinds =
    [
        new("mpirun of Open MPI", MpiFamily.OpenMpi, "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"),
        new("a launcher with PMI, such as mpiexec of MPICH,", MpiFamily.Mpich, "PMI_SIZE", "PMI_RANK"),
        new("a launcher with PMIx", MpiFamily.OpenMpi, null, "PMIX_RANK"),
        // Only srun sets the number of tasks of a step. The script of sbatch has SLURM_NTASKS, and is a single process.
        new("srun of Slurm", MpiFamily.Any, SlurmSize, "SLURM_PROCID"),
    ];

    private const string SlurmSize = "SLURM_STEP_NUM_TASKS";

    /// <summary>This rank, for messages: <c>rank 2 of 4</c>.</summary>
    public string Place => $"rank {Text(Rank)} of {Text(Size)}";

    /// <summary>Finds the launcher of this process.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>Null if this process is no rank, or the only one.</returns>
    public static Launcher? Detect(Func<string, string?> variable)
    {
        foreach (var kind in Kinds)
        {
            if (kind.IsPresent(variable) && kind.Read(variable) is { Size: not 1 } launcher)
                return launcher;
        }
        return null;
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "?";

    private sealed record Kind(string Name, MpiFamily Family, string? SizeVariable, string RankVariable)
    {
        public bool IsPresent(Func<string, string?> variable) => !string.IsNullOrEmpty(variable(SizeVariable ?? RankVariable));

        public Launcher Read(Func<string, string?> variable)
        {
            // Slurm's own PMIx says nothing about the size, which srun says.
            bool isSlurm = variable("PMIX_NAMESPACE")?.StartsWith("slurm.", StringComparison.Ordinal) == true;
            string? sizeVariable = SizeVariable ?? (isSlurm ? SlurmSize : null);
            return new Launcher(Name, Family, sizeVariable is null ? null : Number(variable(sizeVariable)), Number(variable(RankVariable)));
        }

        private static int? Number(string? text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
