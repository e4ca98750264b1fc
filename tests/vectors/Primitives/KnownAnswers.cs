using System.Collections.Immutable;
using RefIke.Wire;
using Xunit;

namespace RefIke.Vectors.Tests.Primitives;

/// <summary>A file of known answers: where they come from, what they show, by words and by clause, and the cases.</summary>
internal sealed record KnownAnswers<T>(string Source, string Shows, ImmutableArray<string> Clauses, ImmutableArray<T> Cases)
    where T : KnownAnswer
{
    public static KnownAnswers<T> Read(string file) => VectorJson.Read<KnownAnswers<T>>(VectorFolder.In("Primitives", file));
}

internal abstract record KnownAnswer(string Id);

/// <summary>One case of one file, told by name in a test's result.</summary>
internal static class Case
{
    /// <summary>File and id of every case of these files.</summary>
    public static TheoryData<string, string> All<T>(params ReadOnlySpan<string> files)
        where T : KnownAnswer
    {
        var data = new TheoryData<string, string>();
        foreach (var file in files)
        {
            foreach (var c in KnownAnswers<T>.Read(file).Cases)
            {
                data.Add(file, c.Id);
            }
        }

        return data;
    }

    public static T Get<T>(string file, string id)
        where T : KnownAnswer => KnownAnswers<T>.Read(file).Cases.Single(c => c.Id == id);
}

internal sealed record HmacCase(string Id, string Hash, Octets Key, Octets Data, Octets Prf) : KnownAnswer(Id);

internal sealed record CbcCase(string Id, string Cipher, Octets Key, Octets Iv, Octets Plaintext, Octets Ciphertext)
    : KnownAnswer(Id);

/// <param name="Ni_bits">Bits of Ni_b where it is no whole octets; else null.</param>
internal sealed record KeyingCase(
    string Id, string Method, string Hash, Octets CKY_I, Octets CKY_R, Octets Ni_b, Octets Nr_b, Octets g_xy,
    Octets SKEYID, Octets SKEYID_d, Octets SKEYID_a, Octets SKEYID_e, int? Ni_bits = null, Octets? PreSharedKey = null)
    : KnownAnswer(Id);

/// <param name="p">The prime, for the groups of RFC 5114 §2.1 to §2.3; with it their generator and its order.</param>
internal sealed record GroupCase(
    string Id, int Group, Octets xi, Octets xr, Octets g_xi, Octets g_xr, Octets g_xy, Octets? p = null,
    Octets? g = null, Octets? q = null) : KnownAnswer(Id);
