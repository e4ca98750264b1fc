using RefIke.Crypto;
using Xunit;

namespace RefIke.Vectors.Tests.Primitives;

/// <summary>
/// The prf of every negotiable hash against published answers (RFC 2409 §4: HMAC where no prf is negotiated).
/// </summary>
public sealed class HmacTests
{
    public static TheoryData<string, string> Cases => Case.All<HmacCase>("hmac-rfc2202.json", "hmac-rfc4868.json");

    /// <summary>RFC 2202 §2 and §3, RFC 4868 §2.7.1.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void PrfGivesThePublishedAnswer(string file, string id)
    {
        var c = Case.Get<HmacCase>(file, id);
        var prf = Prf.Of(Algorithms.Hash(c.Hash));
        Assert.Equal(c.Prf, prf.Compute(c.Key.Span, c.Data.Span));
        Assert.Equal(c.Prf.Length, prf.Length);
    }
}
