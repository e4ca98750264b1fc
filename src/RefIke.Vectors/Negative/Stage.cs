using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Vectors.Making;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>
/// Two endpoints and what flies between them: honest until a case begins. All that happens to each is written down.
/// </summary>
internal sealed class Stage(string configurationA, string configurationB)
{
    public End A { get; } = new($"{configurationA}:A");

    public End B { get; } = new($"{configurationB}:B");

    public List<Effect.Send> Flying { get; } = [];

    public Instant Now { get; private set; }

    /// <summary>The first datagram that flies.</summary>
    public Effect.Send Next => Flying[0];

    public End To(Effect.Send datagram) => datagram.Remote.Address.Equals(A.Setup.Local.Address) ? A : B;

    /// <summary>The owner wants the child up.</summary>
    public Stage Connect(End end)
    {
        Do(end, new Occurrence("order", Now.Milliseconds, Order: "connect"));
        return this;
    }

    /// <summary>The next so many datagrams arrive.</summary>
    public Stage Deliver(int count)
    {
        for (; count > 0; count--)
        {
            var next = Flying[0];
            Flying.RemoveAt(0);
            Arrive(To(next), next);
        }

        return this;
    }

    /// <summary>A datagram that may not be the next arrives.</summary>
    public void Arrive(End end, Effect.Send datagram) => Do(end, new Occurrence(
        "received", Now.Milliseconds, null, $"{datagram.Local}", $"{datagram.Remote}", datagram.Datagram));

    /// <summary>Everything arrives until nothing flies.</summary>
    public Stage Settle()
    {
        while (Flying.Count > 0)
        {
            Deliver(1);
        }

        return this;
    }

    /// <summary>Everything arrives until a message of this exchange flies first.</summary>
    public Stage DeliverUntil(ExchangeType type)
    {
        while (Flying[0].Datagram.Span[18] != (byte)type)
        {
            Deliver(1);
        }

        return this;
    }

    /// <summary>Lets the clock run: due timers fire, and what they send arrives.</summary>
    public Stage Run(long milliseconds)
    {
        var end = Now.After(milliseconds);
        while (new[] { A, B }.Where(e => e.State.NextTimer is not null).MinBy(e =>
            e.State.NextTimer!.Value.Due) is { } next
            && next.State.NextTimer!.Value is var (timer, due) && due <= end)
        {
            Now = due;
            Do(next, new Occurrence("timer", Now.Milliseconds, Order: $"{timer}"));
            Settle();
        }

        Now = end;
        return this;
    }

    /// <summary>An order of an end's owner, as <see cref="Occurrences"/> spells it.</summary>
    public Stage Order(End end, string order)
    {
        Do(end, new Occurrence("order", Now.Milliseconds, Order: order));
        return this;
    }

    private void Do(End end, Occurrence what)
    {
        end.Past.Add(what);
        (end.State, var effects) = end.Endpoint.Step(end.State, Now, Occurrences.ToInput(what, end.State));
        foreach (var sent in effects.OfType<Effect.Send>())
        {
            end.Past.Add(Occurrences.Sent(Now, sent));
            Flying.Add(sent);
        }
    }

    /// <summary>One endpoint, its state, and what happened to it.</summary>
    public sealed class End
    {
        public End(string configuration)
        {
            Configuration = configuration;
            Randomness = new RecordingRandomness(new NamedRandomness(20260101, configuration[^1..]));
            Setup = Configurations.Find(configuration, Randomness)
                ?? throw new ArgumentException($"no configuration {configuration}", nameof(configuration));
            Endpoint = new Endpoint(Setup);
        }

        public string Configuration { get; }

        public RecordingRandomness Randomness { get; }

        public EndpointSetup Setup { get; }

        public Endpoint Endpoint { get; }

        public EndpointState State { get; set; } = EndpointState.Empty;

        public List<Occurrence> Past { get; } = [];
    }
}
