using System.Collections.Immutable;
using System.Net;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Oracle;
using RefIke.Oracle.Captures;
using RefIke.Oracle.KeyLogs;

namespace RefIke.Vectors.Tests.Replay;

/// <summary>A foreign exchange of the vectors as what it once was: a capture, and the log of its keys.</summary>
internal sealed class ForeignCapture(VectorFile v)
{
    /// <summary>Its datagrams, numbered as in the vector.</summary>
    public ImmutableArray<CapturedDatagram> Datagrams { get; } =
        [.. v.Messages.Select(m => new CapturedDatagram(m.Number, At(v, m.From, m.Port),
            At(v, m.From == Role.Initiator ? Role.Responder : Role.Initiator, m.Port), m.Octets))];

    /// <summary>What both sides logged.</summary>
    public KeyLog Log { get; } = new(
        [
            new LoggedSecrets(v.Phase1.CKY_I, v.Phase1.g_xy, v.Phase1.SKEYID, v.Phase1.SKEYID_d, v.Phase1.SKEYID_a,
                v.Phase1.SKEYID_e, v.Phase1.Ka, v.Phase1.Iv),
        ],
        [
            .. v.QuickModes.SelectMany(q => q.Sas.SelectMany(bundle => bundle).SelectMany(sa => new[]
            {
                new LoggedKeymat(sa.SPI_i, sa.KEYMAT_i!.Value, q.g_qm_xy),
                new LoggedKeymat(sa.SPI_r!.Value, sa.KEYMAT_r!.Value, q.g_qm_xy),
            })),
        ],
        []);

    /// <summary>
    /// Replayed on RefIke's machines as either side, with one datagram changed if there is one to be.
    /// </summary>
    public TwoSides Replay(CapturedDatagram? altered = null) => TwoSides.Run(
        [.. Datagrams.Select(d => d.Frame == altered?.Frame ? altered : d)], Log, Log,
        Secret.Of(v.Inputs.PreSharedKey!.Value.Span));

    private static IPEndPoint At(VectorFile v, Role role, int port)
        => new(IPAddress.Parse(v.Inputs.Of(role).Address), port);
}
