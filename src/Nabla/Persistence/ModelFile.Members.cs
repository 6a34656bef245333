namespace Nabla;

/// <content>Ensembles: each member's tensors with the prefix <c>members.N.</c>, N counted from 0.</content>
internal static partial class ModelFile
{
    private const string MembersPrefix = "members.";

    private static string MemberPrefix(int member) => $"{MembersPrefix}{member}.";

    private static void SaveMembers(Model model, Stream stream)
    {
        var tensors = new List<(string Name, int[] Shape, ReadOnlyMemory<float> Values)>();
        foreach (var (number, member) in model.Members.Index())
            AddTensors(member, MemberPrefix(number), tensors);
        var metadata = new ModelMetadata(
            model.Task, model.Options, model.Scaling, null, null, model.OutputNames, model.InputShape, model.TakesBytes, null,
            [
                .. model.Members.Select(member => new MemberMetadata(
                    member.Options.Seed, member.Preprocessing.Origins.ToArray(), member.TargetScaling)),
            ]);
        Write(stream, metadata, model, tensors);
    }

    private static Model LoadMembers(SafetensorsFile file, ModelMetadata metadata, ModelTask task, string path)
    {
        // All members have the topology of the first. All tensors are found before the first member is created.
        var topology = ReadTopology(file, metadata, MemberPrefix(0), path);
        RequireMembers(file, topology, metadata.Members!.Count, path);
        var members = new List<Model>();
        foreach (var (number, member) in metadata.Members.Index())
        {
            var single = metadata with
            {
                Members = null, Options = metadata.Options with { Seed = member.Seed }, Origins = member.Origins,
                TargetScaling = member.TargetScaling,
            };
            members.Add(LoadNetwork(file, single, topology, MemberPrefix(number), path));
        }
        return task.Average(members, metadata.Options);
    }

    /// <summary>
    /// Requires the parameters of each member, and no tensors of other members or layers, which would silently be ignored.
    /// </summary>
    private static void RequireMembers(SafetensorsFile file, Topology topology, int members, string path)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (int member = 0; member < members; member++)
        {
            string prefix = MemberPrefix(member);
            foreach (var block in topology.BlocksByLayer)
            {
                Find(file, prefix + block.Name, FileShape(block), path);
                known.Add(prefix + block.Name);
            }
            known.UnionWith([prefix + Offset, prefix + Scale, prefix + InverseLimit]);
        }
        var named = file.Tensors.Select(tensor => tensor.Name).Where(name =>
            name.StartsWith(MembersPrefix, StringComparison.Ordinal) || name.StartsWith(LayerPrefix, StringComparison.Ordinal));
        if (named.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw Damaged(
                path, $"tensor {unknown}",
                $"the metadata describe {members} {(members == 1 ? "member" : "members")} of {topology.LayerCount} "
                + $"{(topology.LayerCount == 1 ? "layer" : "layers")}, without this tensor");
        }
    }
}
