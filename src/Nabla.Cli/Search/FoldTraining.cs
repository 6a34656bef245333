using System.Diagnostics;

namespace Nabla.Cli;

/// <summary>Trains trials on all folds of the data but one, and measures them on that one. Safe for concurrent use.</summary>
/// <param name="plan">The search.</param>
/// <param name="threads">The most threads for one network.</param>
internal sealed class FoldTraining(SearchPlan plan, int threads)
{
    /// <summary>Does a job.</summary>
    /// <param name="job">The job.</param>
    /// <param name="stop">Ends training after the current batch.</param>
    /// <exception cref="OperationCanceledException">Training was ended.</exception>
    public JobResult Run(SearchJob job, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            double score = Train(job, stop);
            return double.IsFinite(score)
                ? JobResult.Done(job, score, clock.Elapsed)
                : JobResult.Failed(
                    job, new TrialFailure($"{plan.Measure.Name} is undefined on fold {job.Fold}", ExitCode.InvalidInput), clock.Elapsed);
        }
        // Data on disk may have changed, which is no result of a trial.
        catch (Exception e) when (e is TrainingDivergedException or InvalidOptionException
            || (e is InvalidInputException && plan.Data.Inputs.IsInMemory))
        {
            return JobResult.Failed(job, TrialFailure.From(e), clock.Elapsed);
        }
    }

    private double Train(SearchJob job, CancellationToken stop)
    {
        var settings = plan.TrialOf(job).Settings!; // a trial without settings has no jobs
        var options = settings.Preset.For(plan.Data.Targets) with { Epochs = job.Epochs, Threads = threads };
        var fold = plan.Data.Select(plan.Folds[job.Fold - 1]);
        int[] others = [.. plan.Folds.Where((_, number) => number != job.Fold - 1).SelectMany(rows => rows).Order()];
        var training = Training.Begin(plan.Data.Select(others), options, fold, EngineChoice.Creator(settings.Engine));
        foreach (var _ in training.Epochs(null, stop))
        {
        }
        return plan.Measure.Read(training.Model.Evaluate(fold));
    }
}
