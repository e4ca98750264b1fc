using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>
/// A file of negative vectors: honest exchanges up to a point, then something that must be refused there.
/// </summary>
internal sealed record NegativeFile(
    string Name, string Source, string Shows, int NumberOfCases, ImmutableArray<NegativeGroup> Groups)
{
    /// <summary>By which a reader knows the kind of file.</summary>
    public const string SchemaName = "../negative.schema.json";

    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    public static NegativeFile Read(string text)
        => JsonSerializer.Deserialize<NegativeFile>(text, VectorJson.Options)
            ?? throw new InvalidDataException("an empty file");

    public string Write() => JsonSerializer.Serialize(this, VectorJson.Options) + "\n";
}

/// <summary>Cases that begin in the same situation.</summary>
internal sealed record NegativeGroup(string Id, Setting Setup, ImmutableArray<NegativeCase> Cases);

/// <summary>
/// Datagrams that are handed to the endpoint of the group, one after the other, and what must follow.
/// </summary>
internal sealed record NegativeCase(
    string Id, string Comment, ImmutableArray<string> Flags, string Clause, ImmutableArray<Arrival> Sent,
    Outcome Result);

/// <summary>
/// A datagram, from where and to where; <paramref name="Clear"/> is the chain of payloads in it, where it is encrypted.
/// </summary>
internal sealed record Arrival(string From, string To, Octets Datagram, Octets? Clear = null);
