using System.Runtime.InteropServices;

namespace Nabla.Cli;

/// <summary>The name of the processor, for receipts.</summary>
internal static class ProcessorName
{
    /// <summary>As the system tells it; the architecture where it does not.</summary>
    public static string OfThisMachine { get; } = Find() ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string? Find()
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        try
        {
            const string Field = "model name";
            string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // not Linux
        }
    }
}
