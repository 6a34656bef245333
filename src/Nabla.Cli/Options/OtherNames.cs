namespace Nabla.Cli;

/// <summary>Names of Keras, PyTorch and scikit-learn, and what Nabla calls the same. Dashes, underscores and case do not matter.</summary>
internal static class OtherNames
{
    private static readonly Dictionary<string, string> Commands = Index(
        ("train", "fit learn run"), ("evaluate", "eval test score validate"), ("predict", "infer inference classify"),
        ("inspect", "info show summary"), ("explain", "describe trace step debug"), ("report", "html page"),
        ("lr-find", "lrfind find-lr lr-finder"), ("data", "dataset datasets"),
        ("search", "tune grid-search random-search randomized-search halving-search hyperparameter-search optimize"));

    private static readonly Dictionary<string, string> Options = Index(
        ("--layers", "hidden hidden-layers hidden-layer-sizes hidden-sizes hidden-units units neurons"),
        ("--learning-rate", "lr learning-rate-init eta eta0 step-size"),
        ("--epochs", "epoch n-epochs num-epochs max-epochs max-iter iterations n-iter"),
        ("--batch-size", "batch batches bs minibatch mini-batch-size"),
        ("--l2", "weight-decay wd decay alpha regularization lambda kernel-regularizer"),
        ("--loss", "criterion cost objective loss-function"),
        ("--optimizer", "optim optimiser solver"),
        ("--schedule", "scheduler lr-schedule lr-scheduler learning-rate-schedule"),
        ("--activation", "act nonlinearity activation-function"),
        ("--output-activation", "final-activation out-activation"),
        ("--dropout", "drop dropout-rate drop-rate"),
        ("--init", "initializer initialization kernel-initializer weight-init"),
        ("--scaling", "normalize normalise standardize standardise scale scaler preprocessing"),
        ("--clip-norm", "clip clipnorm max-norm max-grad-norm grad-clip gradient-clip"),
        ("--clip-value", "clipvalue"),
        ("--seed", "random-state random-seed manual-seed"),
        ("--threads", "jobs n-jobs workers num-workers num-threads"),
        ("--validation", "val valid validation-split validation-fraction validation-data val-split test-size test-split"),
        ("--held-out", "holdout hold-out"),
        ("--out", "output save save-to model-out o"),
        ("--resume", "continue checkpoint ckpt warm-start"),
        ("--target", "y label label-column class-column y-column target-column"),
        ("--inputs", "x input input-key"),
        ("--targets", "labels target-key"),
        ("--size", "image-size img-size resize input-size"),
        ("--colour", "color rgb"),
        ("--grey", "gray greyscale grayscale"),
        ("--try", "grid param-grid param-distributions space choices"),
        ("--trials", "n-trials max-trials samples"),
        ("--folds", "cv k-folds n-splits"),
        ("--measure", "scoring score metric"),
        ("--shift", "translate translation width-shift-range height-shift-range"),
        ("--rotation", "rotate rotation-range degrees"),
        ("--zoom", "zoom-range"),
        ("--shear", "shear-range"));

    private static readonly Dictionary<string, string> Kinds = Index(
        ("quadratic", "mse l2 squared squared-error mean-squared-error mseloss"),
        ("absolute", "mae l1 l1loss absolute-error mean-absolute-error"),
        ("huber", "smooth-l1 smooth-l1-loss huberloss"),
        ("cross-entropy", "ce crossentropyloss categorical-crossentropy sparse-categorical-crossentropy log-loss nll nllloss"),
        ("binary-cross-entropy", "bce bceloss bcewithlogitsloss binary-crossentropy"),
        ("poisson", "poisson-nll poissonnllloss"),
        ("quantile", "pinball pinball-loss"),
        ("identity", "linear none"), ("sigmoid", "logistic"), ("silu", "swish"),
        ("momentum:nesterov=1", "nesterov"), ("adam:amsgrad=1", "amsgrad"),
        ("cosine", "warmup cosine-annealing cosineannealinglr cosine-decay"), ("step", "steplr step-decay"),
        ("exponential", "exponentiallr exponential-decay"), ("reduce-on-plateau", "plateau reducelronplateau adaptive"),
        ("xavier", "glorot glorot-uniform glorot-normal xavier-uniform xavier-normal"),
        ("he", "kaiming he-normal he-uniform kaiming-normal kaiming-uniform"),
        ("lecun", "lecun-normal lecun-uniform"),
        ("standardize-per-feature", "standard standardscaler zscore z-score normalize"), ("unit", "minmax min-max rescale"));

    /// <summary>The command with another name; null if there is none.</summary>
    public static string? Command(string name) => Commands.GetValueOrDefault(Plain(name));

    /// <summary>The option with another name or another spelling (<c>--batch_size</c>); null if there is none.</summary>
    /// <param name="name">With or without its dashes.</param>
    /// <param name="candidates">The options of the command.</param>
    public static string? Option(string name, IReadOnlyCollection<string> candidates) =>
        candidates.FirstOrDefault(candidate => Plain(candidate) == Plain(name))
        ?? (Options.TryGetValue(Plain(name), out string? meant) && candidates.Contains(meant) ? meant : null);

    /// <summary>The kind with another name, perhaps with parameters; null if there is none.</summary>
    /// <param name="name">A name without parameters.</param>
    /// <param name="candidates">The names of the kinds that may be meant.</param>
    public static string? Kind(string name, IReadOnlyCollection<string> candidates) =>
        candidates.FirstOrDefault(candidate => Plain(candidate) == Plain(name))
        ?? (Kinds.TryGetValue(Plain(name), out string? meant) && candidates.Contains(meant.Split(':')[0]) ? meant : null);

    private static string Plain(string name) => name
        .Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static Dictionary<string, string> Index(params (string Ours, string Others)[] names) =>
        names.SelectMany(entry => entry.Others.Split(' '), (entry, other) => (entry.Ours, Other: Plain(other)))
            .DistinctBy(entry => entry.Other).ToDictionary(entry => entry.Other, entry => entry.Ours, StringComparer.Ordinal);
}
