using System.Text.RegularExpressions;

namespace Nabla;

/// <summary>Finds the inputs and the targets among the arrays of an archive, by the names that are usual for them.</summary>
/// <param name="Train">The training set, or all examples; null if there is none.</param>
/// <param name="Test">The test set; null if there is none.</param>
/// <param name="Unused">The other arrays.</param>
internal sealed partial record ArrayNames(ArrayPair? Train, ArrayPair? Test, IReadOnlyList<string> Unused)
{
    /// <summary>Finds the arrays.</summary>
    /// <param name="all">The names of all arrays.</param>
    /// <param name="options">The names that the user gave.</param>
    /// <param name="location">The file, for messages.</param>
    /// <exception cref="InvalidInputException">Arrays are missing, or several could be meant.</exception>
    public static ArrayNames Find(IReadOnlyList<string> all, DatasetFileOptions options, FileLocation location)
    {
        var (train, test) = options is { Inputs: { } inputs, Targets: { } targets }
            ? (new ArrayPair(inputs, targets), null)
            : FindByName(all, location);
        return new ArrayNames(train, test, [.. all.Except([train?.Inputs, train?.Targets, test?.Inputs, test?.Targets])!]);
    }

    /// <summary>Finds the inputs to predict from: all examples, or the test set, or the training set.</summary>
    /// <exception cref="InvalidInputException">There are none, or several could be meant.</exception>
    public static string FindInputs(IReadOnlyList<string> all, FileLocation location)
    {
        if (all.Count == 1)
            return all[0];
        var roles = all.Select(Role.Parse).OfType<Role>().Where(role => role.IsInputs).ToArray();
        foreach (string part in (string[])["", "test", "val", "train"])
        {
            if (One(roles, part, isInputs: true, all, location) is { } found)
                return found.Name;
        }
        throw location.Error(
            $"it has the arrays {List(all)}, and none has a usual name of inputs (x)",
            "Save the inputs under the name x, as in numpy.savez(file, x=...), or name them (--inputs on the command line).");
    }

    private static (ArrayPair? Train, ArrayPair? Test) FindByName(IReadOnlyList<string> all, FileLocation location)
    {
        var roles = all.Select(Role.Parse).OfType<Role>().ToArray();
        var whole = Pair(roles, "", all, location, isRequired: false);
        var train = Pair(roles, "train", all, location, isRequired: true);
        var test = Pair(roles, "test", all, location, isRequired: true);
        if (whole is not null && train is not null)
            throw Ambiguous(all, location);
        test ??= train is null ? null : Pair(roles, "val", all, location, isRequired: false);
        if ((train ?? whole ?? test) is null)
        {
            var half = Array.Find(roles, role => role.Part.Length == 0);
            string[] missing = half is null ? ["x_train", "y_train"] : [half.Counterpart];
            throw Missing(missing, all, location);
        }
        return (train ?? whole, test);
    }

    /// <param name="roles">The arrays with usual names.</param>
    /// <param name="part">Part of the data: train, test, val, or all of it.</param>
    /// <param name="all">The names of all arrays.</param>
    /// <param name="location">The file, for messages.</param>
    /// <param name="isRequired">Whether one array without the other is an error.</param>
    private static ArrayPair? Pair(Role[] roles, string part, IReadOnlyList<string> all, FileLocation location, bool isRequired)
    {
        var inputs = One(roles, part, isInputs: true, all, location);
        var targets = One(roles, part, isInputs: false, all, location);
        if (inputs is not null && targets is not null)
            return new ArrayPair(inputs.Name, targets.Name);
        return isRequired && (inputs ?? targets) is { } half ? throw Missing([half.Counterpart], all, location) : null;
    }

    private static Role? One(Role[] roles, string part, bool isInputs, IReadOnlyList<string> all, FileLocation location)
    {
        var found = roles.Where(role => role.Part == part && role.IsInputs == isInputs).ToArray();
        return found.Length <= 1 ? found.FirstOrDefault() : throw Ambiguous(all, location);
    }

    private static InvalidInputException Ambiguous(IReadOnlyList<string> all, FileLocation location) => location.Error(
        $"several of its arrays could be meant: {List(all)}",
        "Name the inputs and the targets (--inputs and --targets on the command line).");

    private static InvalidInputException Missing(string[] missing, IReadOnlyList<string> all, FileLocation location) => location.Error(
        $"it has no array {string.Join(", ", missing)}; it has {List(all)}",
        "Save inputs and targets with numpy.savez(file, x_train=..., y_train=...), "
            + "or name them (--inputs and --targets on the command line).");

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : Targets.Shorten(names);

    /// <summary>What an array with a usual name contains.</summary>
    /// <param name="Name">The name.</param>
    /// <param name="Part">Part of the data: train, test, val, or empty for all of it.</param>
    /// <param name="IsInputs">Whether it has inputs rather than targets.</param>
    /// <param name="Counterpart">The usual name of the other array.</param>
    private sealed partial record Role(string Name, string Part, bool IsInputs, string Counterpart)
    {
        // The words of inputs, and the word of targets that goes with each.
        private static readonly (string Inputs, string Targets)[] Words =
        [
            ("x", "y"), ("images", "labels"), ("image", "label"), ("data", "target"), ("inputs", "targets"), ("input", "target"),
            ("features", "labels"), ("data", "targets"), ("images", "targets"),
        ];

        public static Role? Parse(string name)
        {
            var match = UsualName().Match(name);
            if (!match.Success || (match.Groups["before"].Length > 0 && match.Groups["after"].Length > 0))
                return null;
            var word = match.Groups["word"];
            string plain = word.Value.ToLowerInvariant();
            int asInputs = Array.FindIndex(Words, pair => pair.Inputs == plain);
            bool isInputs = asInputs >= 0;
            string other = isInputs ? Words[asInputs].Targets : Words.First(pair => pair.Targets == plain).Inputs;
            string part = (match.Groups["before"].Value + match.Groups["after"].Value).ToLowerInvariant();
            part = part.StartsWith("val", StringComparison.Ordinal) ? "val" : part;
            return new Role(name, part, isInputs, string.Concat(name.AsSpan(0, word.Index), other, name.AsSpan(word.Index + word.Length)));
        }

        [GeneratedRegex(
            "^((?<before>train|test|val|valid|validation)[_-]?)?(?<word>x|y|images?|labels?|data|targets?|inputs?|features)"
                + "([_-]?(?<after>train|test|val|valid|validation))?$",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
        private static partial Regex UsualName();
    }
}

/// <summary>The names of two arrays.</summary>
internal sealed record ArrayPair(string Inputs, string Targets);
