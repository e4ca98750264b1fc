using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;
using RefIke.Oracle.Machines;

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

/// <summary>
/// A capture replayed twice: with the secrets of either side, and with RefIke in either side's place.
/// </summary>
/// <param name="Messages">One for each datagram.</param>
/// <param name="Machines">One for each exchange and side; those of one ISAKMP SA together.</param>
internal sealed record TwoSides(ImmutableArray<BothReadings> Messages, ImmutableArray<MachineVerdict> Machines)
{
    /// <param name="initiator">What the initiator logged.</param>
    /// <param name="responder">What the responder logged.</param>
    /// <param name="preSharedKey">With it SKEYID is computed too (RFC 2409 §5).</param>
    public static TwoSides Run(
        IReadOnlyList<CapturedDatagram> capture, KeyLog initiator, KeyLog responder, Secret? preSharedKey)
    {
        var one = CaptureReplay.Run(capture, initiator, preSharedKey);
        var other = CaptureReplay.Run(capture, responder, preSharedKey);
        return new TwoSides(
            [.. one.Messages.Zip(other.Messages, (i, r) => new BothReadings(i, r))],
            [.. one.Sas.Zip(other.Sas).SelectMany(sas =>
            {
                var differ = sas.First.Secrets?.SKEYID is { } ours && sas.Second.Secrets?.SKEYID is { } theirs
                    && ours != theirs;
                return SideReplay.Run(new SideOfSa(Role.Initiator, sas.First, initiator, differ), preSharedKey)
                    .Concat(SideReplay.Run(new SideOfSa(Role.Responder, sas.Second, responder, differ), preSharedKey));
            })]);
    }
}
