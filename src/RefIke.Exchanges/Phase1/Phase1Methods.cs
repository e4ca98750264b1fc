using System.Collections.Immutable;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Profiles.Xauth;
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

    private static readonly AuthenticationMethod[] HybridInit =
        [AuthenticationMethod.HybridInitRsa, AuthenticationMethod.HybridInitDss];

    private static readonly AuthenticationMethod[] HybridResp =
        [AuthenticationMethod.HybridRespRsa, AuthenticationMethod.HybridRespDss];

    // Its machines are configured when an exchange is first asked for: an endpoint needs two of the many.
    private readonly ImmutableDictionary<(ExchangeType, AuthenticationMethod), Lazy<Phase1Exchange>> exchanges;
    private readonly ImmutableArray<Lazy<Phase1Exchange>> each;

    /// <summary>The exchanges of an endpoint.</summary>
    public Phase1Methods(ExchangeMeans means)
    {
        (ExchangeType Mode, Func<Wiring, Phase1Method> Method, AuthenticationMethod[] Numbers)[] spoken =
        [
            (ExchangeType.MainMode, MainMode.PreSharedKey.Method, [AuthenticationMethod.PreSharedKey]),
            (ExchangeType.MainMode, MainMode.Signatures.Method, Signing),
            (ExchangeType.Aggressive, AggressiveMode.PreSharedKey.Method, [AuthenticationMethod.PreSharedKey]),
            (ExchangeType.Aggressive, AggressiveMode.Signatures.Method, Signing),
            (ExchangeType.MainMode, MainMode.HybridInit.Method, HybridInit),
            (ExchangeType.MainMode, MainMode.HybridResp.Method, HybridResp),
            (ExchangeType.Aggressive, AggressiveMode.HybridInit.Method, HybridInit),
            (ExchangeType.Aggressive, AggressiveMode.HybridResp.Method, HybridResp),
            (ExchangeType.MainMode, MainMode.PublicKeyEncryption.Method, [AuthenticationMethod.RsaEncryption]),
            (ExchangeType.Aggressive, AggressiveMode.PublicKeyEncryption.Method, [AuthenticationMethod.RsaEncryption]),
            (ExchangeType.MainMode, MainMode.RevisedPublicKeyEncryption.Method, [AuthenticationMethod.RevisedRsaEncryption]),
            (ExchangeType.Aggressive, AggressiveMode.RevisedPublicKeyEncryption.Method, [AuthenticationMethod.RevisedRsaEncryption]),
        ];
        var entries = spoken.Select(s => (s.Mode, Numbers: s.Numbers.Concat(s.Numbers.SelectMany(XauthMethods.Announcing)),
            Exchange: new Lazy<Phase1Exchange>(() => new(means, s.Method(means.Wiring)), isThreadSafe: false))).ToArray();
        each = [.. entries.Select(e => e.Exchange)];
        exchanges = entries.SelectMany(e => e.Numbers.Select(n => KeyValuePair.Create((e.Mode, n), e.Exchange)))
            .ToImmutableDictionary();
    }

    /// <summary>Each exchange once.</summary>
    public ImmutableArray<Phase1Exchange> All => [.. each.Select(e => e.Value)];

    /// <summary>The exchange of a mode and method.</summary>
    public Phase1Exchange this[ExchangeType mode, AuthenticationMethod method] => exchanges[(mode, method)].Value;

    /// <summary>The exchange of a record.</summary>
    public Phase1Exchange Of(Phase1State phase1) => this[phase1.Mode, phase1.Method];

    /// <summary>Whether this method can be used in this mode.</summary>
    public bool Speaks(ExchangeType mode, AuthenticationMethod method) => exchanges.ContainsKey((mode, method));
}
