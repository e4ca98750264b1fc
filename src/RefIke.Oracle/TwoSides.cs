using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;

namespace RefIke.Oracle;

/// <summary>What one message is with the secrets that the initiator logged, and with the responder's.</summary>
internal sealed record BothReadings(ReplayedMessage AsInitiator, ReplayedMessage AsResponder)
{
    /// <summary>
    /// One side reads and verifies it and the other does not, because they hold different SKEYID: they do not share the
    /// secret, and the receiver was right to refuse it (RFC 2408 §5.11). Null where that is not so.
    /// </summary>
    public string? Refusal
        => (AsInitiator.Fault is null) == (AsResponder.Fault is null)
            || AsInitiator.SKEYID is not { } ours || AsResponder.SKEYID is not { } theirs || ours == theirs
                ? null
                : AsInitiator.Fault is { } initiator
                    ? $"the initiator refuses it, the two have different SKEYID: {initiator}"
                    : $"the responder refuses it, the two have different SKEYID: {AsResponder.Fault}";

    /// <summary>What is wrong that no refusal explains; null where all is well.</summary>
    public string? Fault => Refusal is not null ? null
        : AsInitiator.Fault is { } i ? $"as initiator: {i}"
        : AsResponder.Fault is { } r ? $"as responder: {r}"
        : null;

    /// <summary>What could not be verified for want of a key, by either side.</summary>
    public string? Unverified => AsInitiator.Unverified ?? AsResponder.Unverified;
}

/// <summary>A capture replayed twice: with the secrets of either side.</summary>
internal static class TwoSides
{
    /// <param name="initiator">What the initiator logged.</param>
    /// <param name="responder">What the responder logged.</param>
    /// <param name="preSharedKey">With it SKEYID is computed too (RFC 2409 §5).</param>
    public static ImmutableArray<BothReadings> Run(IReadOnlyList<CapturedDatagram> capture,
        IReadOnlyList<LoggedSecrets> initiator, IReadOnlyList<LoggedSecrets> responder, Secret? preSharedKey)
        => [.. CaptureReplay.Run(capture, initiator, preSharedKey)
            .Zip(CaptureReplay.Run(capture, responder, preSharedKey), (i, r) => new BothReadings(i, r))];
}
