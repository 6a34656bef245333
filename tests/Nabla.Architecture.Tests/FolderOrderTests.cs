using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Nabla.Tests.Shared;

namespace Nabla.Architecture.Tests;

/// <summary>The folders of the library stand in the order in which data meets them; each uses only those before it.</summary>
public class FolderOrderTests
{
    private static readonly string[] Order =
        ["", "Data", "Preprocessing", "Networks", "Losses", "Optimizers", "Backprop", "Training", "Evaluation", "Models", "Persistence"];

    private static readonly (string File, int Room, SyntaxNode Tree)[] Files = [.. Directory
        .GetFiles(Repository.PathOf("src", "Nabla"), "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.PathOf("src", "Nabla"), path).Replace('\\', '/'))
        .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
        .Select(file => (file, Room(file), CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf("src", "Nabla", file))).GetRoot()))];

    [Fact]
    public void Every_folder_has_its_place_in_the_order() => Assert.All(Files, file => Assert.True(file.Room >= 0, file.File));

    [Fact]
    public void Each_folder_uses_only_those_before_it()
    {
        // A type that is split over folders (Classifier) belongs to the first of them.
        var home = Files
            .SelectMany(file => Declared(file.Tree).Select(name => (name, file.Room)))
            .GroupBy(declared => declared.name, declared => declared.Room)
            .ToDictionary(group => group.Key, group => group.Min());
        Assert.True(home.Count > 30, "The declarations were not found.");

        var wrong = from file in Files
                    from name in Used(file.Tree).Distinct()
                    where home.TryGetValue(name, out int room) && room > file.Room
                    select $"{file.File} uses {name} of {Order[home[name]]}";
        Assert.Empty(wrong);
    }

    private static int Room(string file) => Array.IndexOf(Order, file.Contains('/') ? file[..file.IndexOf('/')] : "");

    private static IEnumerable<string> Declared(SyntaxNode tree) => tree.DescendantNodes()
        .OfType<BaseTypeDeclarationSyntax>()
        .Where(type => type.Parent is BaseNamespaceDeclarationSyntax)
        .Select(type => type.Identifier.Text);

    /// <summary>Names that stand where a type can stand: not behind a dot, not as the name of an argument or of an initialized property.</summary>
    private static IEnumerable<string> Used(SyntaxNode tree) => tree.DescendantNodes()
        .OfType<SimpleNameSyntax>()
        .Where(name => name.Parent is not (MemberAccessExpressionSyntax { Name: var member } and not null) || member != name)
        .Where(name => name.Parent is not (NameColonSyntax or NameEqualsSyntax or AssignmentExpressionSyntax))
        .Select(name => name.Identifier.Text);
}
