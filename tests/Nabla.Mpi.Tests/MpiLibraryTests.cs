namespace Nabla.Mpi.Tests;

/// <summary>A library that cannot be used is named, with the reason.</summary>
public sealed class MpiLibraryTests
{
    private static readonly Launcher Launcher = new("mpirun", MpiFamily.OpenMpi, Size: 4, Rank: 1);

    [Fact]
    public void A_path_that_leads_nowhere_is_named()
    {
        var error = Load("/nowhere/libmpi.so");
        Assert.Equal("cannot load a library of MPI", error.What);
        Assert.Equal("rank 1 of 4", error.Where);
        Assert.StartsWith("mpirun started this process as one of several ranks", error.Why, StringComparison.Ordinal);
        Assert.Contains("/nowhere/libmpi.so: ", error.Why, StringComparison.Ordinal);
        Assert.Contains("NABLA_MPI", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_one_of_MPI_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere, the C library has another name.");
        Assert.Contains("libc.so.6: it is not a library of MPI", Load("libc.so.6").Why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_library_is_refused()
    {
        string path = typeof(MpiLibraryTests).Assembly.Location;
        Assert.Contains(path + ": ", Load(path).Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MPICH Version: 4.0.2 MPICH Release date: Thu Apr 7", true)]
    [InlineData("Intel(R) MPI Library 2021.12 for Linux* OS", true)]
    [InlineData("MVAPICH2 Version : 2.3.7", true)]
    [InlineData("MPI VERSION : CRAY MPICH version 8.1.28", true)]
    [InlineData("Open MPI v4.1.4, package: Debian OpenMPI", false)]
    [InlineData("HPE MPT 2.28", false)]
    public void The_version_tells_libraries_with_the_ABI_of_MPICH(string version, bool expected) =>
        Assert.Equal(expected, MpichAbi.IsThatOf(version));

    [Fact]
    public void The_library_of_the_launcher_is_tried_first()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Names differ between systems.");
        Assert.Equal("libmpi.so.40", MpiLibraryNames.For(MpiFamily.OpenMpi).First());
        Assert.Equal("libmpich.so.12", MpiLibraryNames.For(MpiFamily.Mpich).First());
        Assert.All(Enum.GetValues<MpiFamily>(), family => Assert.Equal(
            MpiLibraryNames.For(MpiFamily.Any).Order(), MpiLibraryNames.For(family).Order()));
    }

    private static CommunicationException Load(string path) => Assert.Throws<CommunicationException>(
        () => MpiLibrary.Load(Launcher, variable => variable == MpiLibrary.Variable ? path : null));
}
