#pragma warning disable
namespace Nabla.Cli;
internal static class TableData {
  public static Dataset Load(string p, string? t, Classifier? m, Terminal terminal)=>throw new NotImplementedException();
  public static FeatureTable LoadFeatures(string p, Classifier m, Terminal terminal)=>throw new NotImplementedException();
}
internal static class PngInput { public static FeatureTable Read(string p, Classifier m, Terminal terminal)=>throw new NotImplementedException(); }
internal static class PngReader { public static (int Width,int Height) Read(string p)=>throw new NotImplementedException(); }
internal static class TableInspection { public static Findings Of(string p, string s)=>throw new NotImplementedException(); }
