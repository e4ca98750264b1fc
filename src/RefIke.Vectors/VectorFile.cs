using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>
/// One whole exchange with every intermediate value, as a file has it: exchange.schema.json is its schema, README.md
/// beside it says what each field is. Roles are those of phase 1 everywhere; names with an underscore are RFC 2409's.
/// </summary>
internal sealed record VectorFile(
    string Name, string Source, string Shows, ImmutableArray<string> Flags, ImmutableArray<string> Clauses, Inputs Inputs,
    Phase1Values Phase1, ImmutableArray<Datagram> Messages, ImmutableArray<QuickModeValues> QuickModes,
    ImmutableArray<InformationalValues> Informational)
{
    /// <summary>What <see cref="Schema"/> says in the file of a whole exchange.</summary>
    public const string SchemaName = "../exchange.schema.json";

    [JsonPropertyName("$schema")]
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SchemaName;

    /// <summary>XAUTH and Mode Config; absent where there is none.</summary>
    public ImmutableArray<TransactionValues>? Transactions { get; init; }

    /// <summary>New Group Mode; absent where there is none.</summary>
    public ImmutableArray<NewGroupValues>? NewGroups { get; init; }

    [JsonIgnore]
    public bool IsForeign => Inputs.Initiator.Random.Length == 0;

    [JsonIgnore]
    public IEnumerable<Datagram> Phase1Messages => Messages.Where(m => m.M_ID == 0 && m.IsWhole);

    /// <summary>The whole message with this number among those with a message id.</summary>
    public Datagram Message(uint M_ID, int which)
        => Messages.Where(m => m.M_ID == M_ID && m.IsWhole).ElementAt(which - 1);

    public string Write() => JsonSerializer.Serialize(this, VectorJson.Options) + "\n";
}

/// <summary>
/// A datagram as it crossed the wire; where it is encrypted, what it holds in clear and the IVs before and after it.
/// </summary>
/// <param name="Payloads">
/// The types of its payloads; FRAG where it is a fragment, on the last one those of the whole message.
/// </param>
internal sealed record Datagram(
    int Number, long At, Role From, ushort Port, ExchangeType Exchange,
    [property: JsonConverter(typeof(HexNumber))] uint M_ID, string Payloads,
    Octets? Iv, Octets? Clear, Octets? Padding, Octets? NextIv, [property: JsonPropertyName("datagram")] Octets Octets)
{
    /// <summary>What the fragments up to this, the last one, are a message of.</summary>
    public Octets? Gathered { get; init; }

    /// <summary>Where it was sent to, where that is not the peer's own address and the same port.</summary>
    public string? SentTo { get; init; }

    /// <summary>Where it seemed to come from, where a NAT changed that.</summary>
    public string? ArrivedFrom { get; init; }

    /// <summary>The message.</summary>
    [JsonIgnore]
    public Octets Whole => Gathered ?? Octets;

    /// <summary>Whether it is, or completes, a message.</summary>
    [JsonIgnore]
    public bool IsWhole => Payloads != "FRAG";
}
