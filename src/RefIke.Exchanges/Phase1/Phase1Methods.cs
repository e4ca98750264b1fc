using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Wire;

namespace RefIke.Exchanges.Phase1;

/// <summary>All phase 1 exchanges spoken, by mode and authentication method (RFC 2409 §5).</summary>
[Clause("2409-4-14")]
public sealed class Phase1Methods
{
    private static readonly AuthenticationMethod[] Signing =
    [
        AuthenticationMethod.RsaSignatures, AuthenticationMethod.DssSignatures,
        AuthenticationMethod.EcdsaP256, AuthenticationMethod.EcdsaP384, AuthenticationMethod.EcdsaP521,
    ];

    private readonly ImmutableDictionary<(ExchangeType, AuthenticationMethod), Phase1Exchange> exchanges;

    /// <summary>Each exchange with its machines configured.</summary>
    public Phase1Methods(ExchangeMeans means)
    {
        (ExchangeType, Func<Wiring, Phase1Method>, AuthenticationMethod[])[] spoken =
        [
            (ExchangeType.MainMode, MainMode.PreSharedKey.Method, [AuthenticationMethod.PreSharedKey]),
            (ExchangeType.MainMode, MainMode.Signatures.Method, Signing),
            (ExchangeType.Aggressive, AggressiveMode.PreSharedKey.Method, [AuthenticationMethod.PreSharedKey]),
            (ExchangeType.Aggressive, AggressiveMode.Signatures.Method, Signing),
            (ExchangeType.MainMode, MainMode.PublicKeyEncryption.Method, [AuthenticationMethod.RsaEncryption]),
            (ExchangeType.Aggressive, AggressiveMode.PublicKeyEncryption.Method, [AuthenticationMethod.RsaEncryption]),
            (ExchangeType.MainMode, MainMode.RevisedPublicKeyEncryption.Method, [AuthenticationMethod.RevisedRsaEncryption]),
            (ExchangeType.Aggressive, AggressiveMode.RevisedPublicKeyEncryption.Method, [AuthenticationMethod.RevisedRsaEncryption]),
        ];
        var found = ImmutableDictionary.CreateBuilder<(ExchangeType, AuthenticationMethod), Phase1Exchange>();
        foreach (var (mode, method, numbers) in spoken)
        {
            var exchange = new Phase1Exchange(means, method(means.Wiring));
            All = All.Add(exchange);
            found.AddRange(numbers.Select(n => KeyValuePair.Create((mode, n), exchange)));
        }

        exchanges = found.ToImmutable();
    }

    /// <summary>Each exchange once.</summary>
    public ImmutableArray<Phase1Exchange> All { get; } = [];

    /// <summary>The exchange of a mode and method.</summary>
    public Phase1Exchange this[ExchangeType mode, AuthenticationMethod method] => exchanges[(mode, method)];

    /// <summary>The exchange of a record.</summary>
    public Phase1Exchange Of(Phase1State phase1) => this[phase1.Mode, phase1.Method];

    /// <summary>Whether this method can be used in this mode.</summary>
    public bool Speaks(ExchangeType mode, AuthenticationMethod method) => exchanges.ContainsKey((mode, method));
}
