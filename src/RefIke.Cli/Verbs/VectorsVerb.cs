using System.CommandLine;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike vectors</c>: the test vectors for who implements IKEv1.</summary>
internal static class VectorsVerb
{
    public static Command Create()
        => new("vectors", "Test vectors: whole exchanges with every intermediate value, and what must be refused.")
        {
            VectorsList.Create(), VectorsShow.Create(), VectorsVerify.Create(), VectorsEmit.Create(),
        };
}
