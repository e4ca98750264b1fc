using Xunit;
using static VerifyXunit.Verifier;

namespace RefIke.Properties;

/// <summary>The snapshot calls keep Verify's conventions: a difference fails and leaves the received text; so does a missing snapshot.</summary>
public sealed class VerifierTests
{
    [Fact]
    public async Task EqualTextPasses() => await Verify("one\ntwo\n");

    [Theory]
    [InlineData("other", "three\n")]
    [InlineData("missing", "new\n")]
    public async Task OtherOrMissingSnapshotFailsAndTheTextIsLeftAsReceived(string which, string text)
    {
        var received = Path.Combine(RefIke.Specification.RowFile.FindRepository(AppContext.BaseDirectory)!,
            $"tests/properties/VerifierTests.{nameof(OtherOrMissingSnapshotFailsAndTheTextIsLeftAsReceived)}_{which}.received.txt");
        File.Delete(received);
        await Assert.ThrowsAnyAsync<Exception>(async () => await Verify(text).UseParameters(which));
        Assert.Equal(text, File.ReadAllText(received));
        File.Delete(received);
    }
}
