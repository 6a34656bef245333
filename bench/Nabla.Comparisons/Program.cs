using Nabla.Comparisons;

if (args is [ContenderServer.Command, var kind, var contender, var threads, .. var task])
{
    ContenderServer.Serve(kind, contender, int.Parse(threads), task);
    return 0;
}
Arguments arguments;
try
{
    arguments = Arguments.Parse(args);
}
catch (FormatException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
if (!LibrarySettings.AreSet)
    return LibrarySettings.Run(args, arguments.Width);

bool failed = false;
foreach (string name in arguments.Names.Distinct())
{
    var scope = arguments.Scope with { Failures = [] };
    string? text = name switch
    {
        ProductContenders.Comparison => new ProductComparison(scope).Run(),
        PredictionContenders.Comparison => new PredictionComparison(scope).Run(),
        TrainingContenders.Comparison => new TrainingComparison(scope).Run(),
        Arguments.Widths => new WidthComparison(WorkloadData.TrainingFor(Workload.All[0])).Run(),
        Arguments.Resources => new ResourceComparison(scope.Rounds).Run(),
        Arguments.Short => QuickComparison.Short(scope).Run(),
        _ => new QuickComparison(scope with { IsQuick = true }).Run(),
    };
    failed |= scope.Failures.Count > 0;
    if (text is null)
        continue;
    if (name is Arguments.Quick or Arguments.Short)
        Console.WriteLine(text);
    if (name == Arguments.Short)
        continue;
    string folder = Path.Combine(arguments.Out, Machine.Folder);
    Directory.CreateDirectory(folder);
    string path = Path.Combine(folder, $"{name.TrimStart('-')}.md");
    File.WriteAllText(path, text.TrimEnd() + "\n");
    Console.WriteLine(path);
}
return failed ? 1 : 0;
