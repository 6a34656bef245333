using System.Runtime.CompilerServices;
using Nabla.Kernels;

namespace Nabla.Tests.Shared;

/// <summary>Lets tests use more threads than the machine has processors, so that teams of every size are tested everywhere.</summary>
internal static class ManyThreads
{
    [ModuleInitializer]
    internal static void Allow() => ThreadTeam.MostUsefulThreads = ThreadTeam.MaximumThreads;
}
