using System.Collections.Immutable;

namespace RefIke.Exchanges.Machines;

/// <summary>
/// What is put in place of a guard, a send or a next state, by name, when a machine is configured.
/// Names are <c>Exchange.Role.Name</c> for guards and sends and <c>Exchange.Role.State.Event.Guard</c> for transitions.
/// </summary>
public sealed record Wiring
{
    /// <summary>Every machine as its table is written.</summary>
    public static Wiring AsWritten { get; } = new();

    /// <summary>A guard's verdict, changed: gets the turn and the verdict as written.</summary>
    public ImmutableDictionary<string, Func<object, bool, bool>> Guards { get; init; } =
        ImmutableDictionary<string, Func<object, bool, bool>>.Empty;

    /// <summary>A send, replaced: gets the turn and the send as written.</summary>
    public ImmutableDictionary<string, Action<object, Action>> Sends { get; init; } =
        ImmutableDictionary<string, Action<object, Action>>.Empty;

    /// <summary>Another next state, by the state's name.</summary>
    public ImmutableDictionary<string, string> NextStates { get; init; } = ImmutableDictionary<string, string>.Empty;
}
