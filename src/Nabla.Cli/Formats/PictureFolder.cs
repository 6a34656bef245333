using Nabla.Images;

namespace Nabla.Cli;

/// <summary>Reads a folder with a sub-folder of pictures for each class.</summary>
internal static class PictureFolder
{
    private static readonly PictureSize UsualSize = new(28, 28);

    /// <summary>Reads all pictures, in the form that is known or asked for, or else in the one that suits them.</summary>
    /// <exception cref="InvalidInputException">A picture is damaged, or there are too few, or of unknown classes.</exception>
    public static LabelledData Load(NamedFile folder, DataRequest request)
    {
        if (request.Kind == TargetKind.Values)
            throw Error(folder, "its sub-folders are classes, and regression needs values", "Use classification.");
        var files = PictureFiles.Find(folder.FullPath);
        PictureFile[] all = [.. files.Train, .. files.Test];
        if (all.Length == 0)
            throw Error(folder, "its sub-folders have no pictures", "Put PNG, JPEG or BMP files into a sub-folder for each class.");
        var classes = request.Classes ?? ClassesOf(files, folder);
        var form = request.Form;
        bool isOwnSize = false;
        if (form is null)
        {
            var size = request.Size ?? CommonSize(all);
            isOwnSize = request.Size is null && size is not null;
            form = new PictureForm(size ?? UsualSize, request.IsColour ?? true);
        }
        var pictures = InParallel(all, file => Read(file, form));
        if (request.Form is null && request.IsColour is null && !pictures.Any(picture => picture.HasColour))
            form = form with { IsColour = false };
        var inputs = Array.ConvertAll(pictures, picture => picture.Inputs(form));
        string[] notices = [.. Notices(folder, files, request, form, isOwnSize)];
        return LabelledData.From(
            ToDataset(folder.Name, files.Train, inputs[..files.Train.Count], classes, form),
            ToDataset($"{folder.Name} (test)", files.Test, inputs[files.Train.Count..], classes, form)) with
        {
            Form = form, Notices = notices,
        };
    }

    private static IEnumerable<string> Notices(NamedFile folder, PictureFiles files, DataRequest request, PictureForm form, bool isOwnSize)
    {
        if (request.Form is null)
        {
            string[] options =
            [
                .. request.Size is null ? (string[])["--size"] : [],
                .. request.IsColour is null ? (string[])[form.IsColour ? "--grey" : "--colour"] : [],
            ];
            yield return $"{folder.Name} has {files.Train.Count + files.Test.Count} pictures, "
                + $"read in {(form.IsColour ? "colour" : "grey")} at {form.Size}{(isOwnSize ? ", their own size" : "")}"
                + (options.Length == 0 ? "." : $" ({string.Join(", ", options)} changes that).");
        }
        if (files.Skipped > 0)
        {
            yield return $"{folder.Name}: {files.Skipped} files or folders were skipped: hidden, not pictures, or not in the folder of "
                + "a class.";
        }
    }

    private static string[] ClassesOf(PictureFiles files, NamedFile folder)
    {
        var decisive = files.Train.Count > 0 ? files.Train : files.Test;
        string[] classes = [.. decisive.Select(file => file.Class).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return classes.Length > 1 || files.Train.Count == 0 ? classes : throw Error(
            folder, $"all pictures are of the class {classes[0]}, and there is nothing to learn from a single class",
            "Add a sub-folder with pictures of another class.");
    }

    /// <summary>The size of all pictures; null if they differ.</summary>
    private static PictureSize? CommonSize(PictureFile[] files)
    {
        var sizes = InParallel(files, file => file.Format.ReadSize(file.Path)).Distinct().Take(2).ToArray();
        return sizes.Length == 1 ? sizes[0] : null;
    }

    private static Picture Read(PictureFile file, PictureForm form)
    {
        if (form.IsFitted)
        {
            var grey = file.Format.ReadGrey(file.Path);
            return new Picture(null, ImageFitting.Fit(grey, form.Size.Height, form.Size.Width, file.Path).Pixels, HasColour: false);
        }
        var image = file.Format.ReadColour(file.Path);
        return new Picture(image.Scale(form.Size), null, image.HasColour);
    }

    private static Dataset? ToDataset(
        string name, IReadOnlyList<PictureFile> files, byte[][] inputs, IReadOnlyList<string> classes, PictureForm form)
    {
        if (files.Count == 0)
            return null;
        int features = form.Shape.Aggregate((product, size) => product * size);
        if ((long)features * files.Count > Array.MaxLength)
        {
            throw new InvalidInputException(
                $"cannot use {name}", "all pictures", $"{files.Count} {form} need more than 2 GB, the limit of one array",
                "Use smaller images (--size) or fewer pictures.");
        }
        if (ReadLimit.WhyNot((long)features * files.Count) is { } why)
        {
            throw new InvalidInputException(
                $"cannot use {name}", "all pictures", why, "Use smaller images (--size), fewer pictures, or a higher limit.");
        }
        var places = classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        int[] labels = [.. files.Select(file => places.TryGetValue(file.Class, out int place) ? place : throw new InvalidInputException(
            $"cannot use {name}", file.Path, $"the class {file.Class} is not one of the training classes ({Shorten(classes)})",
            "Remove the sub-folder, or add pictures of this class to the training set."))];
        var table = FeatureTable.FromBytes([.. inputs.SelectMany(picture => picture)], files.Count, features);
        return new Dataset(name, table, new ClassTargets(labels, classes), inputShape: form.Shape);
    }

    private static string Shorten(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(10)) + (names.Count > 10 ? $" and {names.Count - 10} more" : "");

    /// <summary>Reads all files on all processors. Of several damaged files, the first is reported.</summary>
    private static T[] InParallel<T>(PictureFile[] files, Func<PictureFile, T> read)
    {
        var results = new T[files.Length];
        var errors = new InvalidInputException?[files.Length];
        Parallel.For(0, files.Length, i =>
        {
            try
            {
                results[i] = read(files[i]);
            }
            catch (InvalidInputException error)
            {
                errors[i] = error;
            }
        });
        return Array.Find(errors, error => error is not null) is { } first ? throw first : results;
    }

    private static InvalidInputException Error(NamedFile folder, string why, string remedy) =>
        new($"cannot use {folder.Name}", folder.DisplayPath, why, remedy);

    /// <summary>A picture that was read: an image in the size of the inputs, or finished inputs.</summary>
    private sealed record Picture(ColourImage? Image, byte[]? Fitted, bool HasColour)
    {
        public byte[] Inputs(PictureForm form) => Fitted ?? Image!.ToInputs(form.IsColour);
    }
}
