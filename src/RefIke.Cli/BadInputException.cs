namespace RefIke.Cli;

/// <summary>
/// The user's input cannot be used. The message is one line that names what is wrong; the exit code is 2.
/// </summary>
internal sealed class BadInputException(string message) : Exception(message);
