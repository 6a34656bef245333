namespace Nabla.Mpi.Tests;

/// <summary>Which launcher started a process, and with how many ranks, follows from the environment.</summary>
public sealed class LauncherTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=2 PMIX_RANK=2", "OpenMpi rank 2 of 4")]
    [InlineData("PMI_SIZE=8 PMI_RANK=7", "Mpich rank 7 of 8")]
    [InlineData("PMIX_RANK=1", "OpenMpi rank 1 of ?")]
    [InlineData("PMI_SIZE=many PMI_RANK=", "Mpich rank ? of ?")]
    // One rank is a single process, and needs no MPI.
    [InlineData("OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0", null)]
    [InlineData("PMI_SIZE=1 PMI_RANK=0", null)]
    // The script of sbatch is one process, whatever the job is given; so is the shell of salloc, which is a step of one task.
    [InlineData("SLURM_NTASKS=8 SLURM_PROCID=0 SLURM_JOB_ID=3", null)]
    [InlineData("SLURM_NTASKS=8 SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1", null)]
    [InlineData("SLURM_NTASKS=8 SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1 PMIX_RANK=0 PMIX_NAMESPACE=slurm.pmix.3.0", null)]
    [InlineData("SLURM_NTASKS=8 SLURM_PROCID=5 SLURM_STEP_NUM_TASKS=8", "Any rank 5 of 8")]
    [InlineData("SLURM_PROCID=5 SLURM_STEP_NUM_TASKS=8 PMIX_RANK=5 PMIX_NAMESPACE=slurm.pmix.3.0", "OpenMpi rank 5 of 8")]
    // A launcher in the shell of salloc.
    [InlineData("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1 PMI_SIZE=4 PMI_RANK=3", "Mpich rank 3 of 4")]
    [InlineData("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1 PMIX_RANK=3 PMIX_NAMESPACE=prterun-node-77@1", "OpenMpi rank 3 of ?")]
    // A launcher inside another one.
    [InlineData("OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0 PMI_SIZE=4 PMI_RANK=3", "Mpich rank 3 of 4")]
    public void The_environment_describes_the_launcher(string environment, string? expected)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var launcher = Launcher.Detect(variables.GetValueOrDefault);
        Assert.Equal(expected, launcher is null ? null : $"{launcher.Family} {launcher.Place}");
    }
}
