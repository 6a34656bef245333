using System.Text;

namespace Nabla.Cli;

/// <summary>What decides the results of a search: the first line of its file, so that only the same search is continued.</summary>
/// <param name="version">The version of Nabla.</param>
/// <param name="data">Fingerprint of the training data.</param>
/// <param name="options">The options of the command that change a result, each with its values, in the order of their names.</param>
internal sealed class SearchHeader(string version, string data, IReadOnlyList<string> options)
{
    private const string EventKey = "event", EventName = "search", VersionKey = "version", DataKey = "data", OptionsKey = "options";

    private readonly string version = version, data = data;
    private readonly IReadOnlyList<string> options = options;

    /// <summary>The line, without its end.</summary>
    public string ToJson() => JsonLine.Of(line => line
        .Text(EventKey, EventName).Text(VersionKey, version).Text(DataKey, data).Texts(OptionsKey, options));

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not such a line.</exception>
    public static SearchHeader Read(string line) => JsonLine.Read(line, json => json.GetProperty(EventKey).GetString() == EventName
        ? new SearchHeader(
            json.GetProperty(VersionKey).GetString() ?? "", json.GetProperty(DataKey).GetString() ?? "",
            [.. json.GetProperty(OptionsKey).EnumerateArray().Select(option => option.GetString() ?? "")])
        : throw new FormatException("it does not begin a search"));

    /// <summary>Requires that all ranks search the same.</summary>
    /// <exception cref="CommunicationException">This rank does not, or another cannot be reached.</exception>
    public void RequireSame(RankTeam ranks) => ranks.RequireSame(
        Encoding.UTF8.GetBytes(ToJson()), first => Read(Encoding.UTF8.GetString(first)).FindDifference(this));

    /// <summary>The first difference to another search, in words; null if there is none.</summary>
    public string? FindDifference(SearchHeader other)
    {
        if (version != other.version)
            return $"its version was {version}, and is {other.version}";
        if (data != other.data)
            return "the training data differ";
        string? before = options.FirstOrDefault(option => !other.options.Contains(option));
        string? now = other.options.FirstOrDefault(option => !options.Contains(option));
        return (before, now) switch
        {
            (null, null) => null,
            (null, _) => $"it had no {now}",
            (_, null) => $"it had {before}",
            _ => $"it had {before}, and the command has {now}",
        };
    }
}
