using System.Text.Json.Serialization;

namespace Nabla.Studio;

/// <summary>How messages are written and read, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, MaxDepth = 8,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DrawingMessage))]
[JsonSerializable(typeof(CorrectionMessage))]
[JsonSerializable(typeof(ReadingMessage))]
[JsonSerializable(typeof(ReaderMessage))]
[JsonSerializable(typeof(RunRequest))]
[JsonSerializable(typeof(RunCommand))]
[JsonSerializable(typeof(RunChange))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(ProblemMessage))]
[JsonSerializable(typeof(CodeMessage))]
[JsonSerializable(typeof(RunQuestion))]
[JsonSerializable(typeof(StateMessage))]
[JsonSerializable(typeof(PictureMessage))]
[JsonSerializable(typeof(IReadOnlyList<PastRunMessage>))]
[JsonSerializable(typeof(CatalogueMessage))]
[JsonSerializable(typeof(DataMessage))]
[JsonSerializable(typeof(PointsMessage))]
[JsonSerializable(typeof(IReadOnlyList<LessonMessage>))]
[JsonSerializable(typeof(LessonStart))]
[JsonSerializable(typeof(LessonCheck))]
[JsonSerializable(typeof(LessonVerdict))]
[JsonSerializable(typeof(GradientsMessage))]
[JsonSerializable(typeof(StepsMessage))]
[JsonSerializable(typeof(StepChoices))]
[JsonSerializable(typeof(MistakesRequest))]
[JsonSerializable(typeof(MistakeListRequest))]
[JsonSerializable(typeof(MistakeExampleRequest))]
[JsonSerializable(typeof(MistakesMessage))]
[JsonSerializable(typeof(MistakeListMessage))]
[JsonSerializable(typeof(MistakeDetailMessage))]
internal sealed partial class StudioJson : JsonSerializerContext;
